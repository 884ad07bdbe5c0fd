#!/usr/bin/env bash
# Guess: two ranges written with a tilde in one sentence (5~6%, 7~8%) stay text. Strikethrough needs two tildes.
# Finding: cmark-gfm, GitHub's renderer, accepts one tilde, also between digits. It strikes out the text between the
# two ranges and removes both tildes. pandoc makes that text a subscript: in Japanese, and under commonmark_x in
# English too. markdown-it leaves the text unchanged, and so does cmark-gfm with its option for double tildes.
# Why it matters: companies give guidance as ranges, in Japanese and Korean usually with a tilde. "5~6% in 2025 and
# 7~8% in 2026" is published as 5 and 8% with the rest struck out, as if a forecast were withdrawn. Write an en dash
# or から.
# Reference: GFM 0.29, 6.5 (strikethrough with one or two tildes); pandoc's subscript extension.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check cmarkgfm==2025.10.22 pypandoc_binary==1.17 markdown-it-py==4.3.0
cat >"$work/render.py" <<'PY'
import cmarkgfm, pypandoc
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

RENDERERS = {
    "cmark-gfm": cmarkgfm.github_flavored_markdown_to_html,
    "cmark-gfm, double": lambda text: cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE),
    "pandoc markdown": lambda text: pypandoc.convert_text(text, "html", format="markdown"),
    "pandoc commonmark_x": lambda text: pypandoc.convert_text(text, "html", format="commonmark_x"),
    "markdown-it": MarkdownIt("gfm-like", {"linkify": False}).render,
}
for text in ["営業利益率は5~6%から7~8%へ", "A margin of 5~6% in 2025 and 7~8% in 2026."]:
    for name, render in RENDERERS.items():
        print(f"{name}: {render(text).strip()}")
PY
"$work/venv/bin/python" "$work/render.py" >"$work/seen"
echo "cmarkgfm 2025.10.22, pandoc of pypandoc_binary 1.17, markdown-it-py 4.3.0:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
cmark-gfm: <p>営業利益率は5<del>6%から7</del>8%へ</p>
cmark-gfm, double: <p>営業利益率は5~6%から7~8%へ</p>
pandoc markdown: <p>営業利益率は5<sub>6%から7</sub>8%へ</p>
pandoc commonmark_x: <p>営業利益率は5<sub>6%から7</sub>8%へ</p>
markdown-it: <p>営業利益率は5~6%から7~8%へ</p>
cmark-gfm: <p>A margin of 5<del>6% in 2025 and 7</del>8% in 2026.</p>
cmark-gfm, double: <p>A margin of 5~6% in 2025 and 7~8% in 2026.</p>
pandoc markdown: <p>A margin of 5~6% in 2025 and 7~8% in 2026.</p>
pandoc commonmark_x: <p>A margin of 5<sub>6% in 2025 and 7</sub>8% in 2026.</p>
markdown-it: <p>A margin of 5~6% in 2025 and 7~8% in 2026.</p>
TEXT
