#!/usr/bin/env bash
# Guess: a normalizer of Japanese text makes full-width digits and signs ASCII and does not change what a number
# means. 5〜6％ stays a range, and －5％ stays negative.
# Finding: by default neologdn removes every tilde and wave dash. Guidance of 5〜6％ becomes 56%, and 10～12億円 becomes
# 1012億円. It turns a full-width minus (U+FF0D) into ー, the long vowel mark. U+2212 becomes a hyphen, and △ stays.
# `tilde="normalize"` keeps the range, but not the full-width minus.
# Why it matters: text pipelines normalize Japanese releases before they read them. A forecast range becomes one
# plausible number, ten times too high, and a negative change loses its sign. Ranges written with から and negatives
# written with △ survive.
# Reference: the normalization rules of mecab-ipadic-NEologd; U+301C, U+FF5E, U+FF0D, U+30FC.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check neologdn==0.5.6
"$work/venv/bin/python" - <<'PY'
import importlib.metadata
import neologdn

expected = {
    "営業利益率は5〜6％": "営業利益率は56%",
    "売上高は10～12億円": "売上高は1012億円",
    "売上高は10から12億円": "売上高は10から12億円",
    "前期比\uff0d5％": "前期比\u30fc5%",
    "前期比\u22125％": "前期比-5%",
    "前期比△５％": "前期比△5%",
}
print("neologdn", importlib.metadata.version("neologdn"))
changed = 0
for text, wanted in expected.items():
    seen = neologdn.normalize(text)
    print(f"{text} -> {seen}")
    changed |= seen != wanted
kept = neologdn.normalize("営業利益率は5〜6％、前期比\uff0d5％", tilde="normalize")
print("with tilde='normalize':", kept)
changed |= kept != "営業利益率は5~6%、前期比\u30fc5%"
raise SystemExit(int(changed))
PY
