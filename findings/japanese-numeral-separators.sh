#!/usr/bin/env bash
# Guess: a parser of Japanese numerals that accepts digits mixed with 億 and 万 either reads the thousands separator in
# 1兆2,345億 or raises an error.
# Finding: @geolonia/japanese-numeral reads 1,234億 as 0 and 1兆2,345億 as 1兆, without an error. It also reads 1.2兆 as 0.
# In a sentence it finds 234億 where 1,234億 is written. Yet a plain 12,345 raises an error. kanjize, a peer on PyPI,
# raises an error for each of these except 1.2兆, which it reads.
# Why it matters: Japanese releases print thousands separators inside such amounts. A reader gets zero, or loses
# 2,345億 of 1兆2,345億, and both results look like numbers. Remove separators before the call.
# Reference: amounts in 兆, 億 and 万 as Japanese companies print them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-save --prefix "$work" @geolonia/japanese-numeral@1.0.2
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check kanjize==1.6.1
cat >"$work/read.js" <<'JS'
const { kanji2number, findKanjiNumbers } = require('@geolonia/japanese-numeral')
for (const text of ['1兆2345億', '1兆2,345億', '1,234億', '14,266百万', '1.2兆', '12,345']) {
  let value
  try { value = kanji2number(text) } catch { value = 'error' }
  console.log(`japanese-numeral ${text}: ${value}; found in a sentence: ${findKanjiNumbers(`売上高は${text}円`).join(' and ') || 'none'}`)
}
JS
cat >"$work/read.py" <<'PY'
import kanjize

for text in ["1兆2345億", "1兆2,345億", "1,234億", "14,266百万", "1.2兆", "12,345"]:
    try:
        print(f"kanjize {text}: {kanjize.kanji2number(text)}")
    except ValueError:
        print(f"kanjize {text}: error")
PY
node "$work/read.js" >"$work/seen"
"$work/venv/bin/python" "$work/read.py" >>"$work/seen"
echo "@geolonia/japanese-numeral 1.0.2, kanjize 1.6.1:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
japanese-numeral 1兆2345億: 1234500000000; found in a sentence: 1兆2345億
japanese-numeral 1兆2,345億: 1000000000000; found in a sentence: 1兆2 and 345億
japanese-numeral 1,234億: 0; found in a sentence: 234億
japanese-numeral 14,266百万: 0; found in a sentence: 266百万
japanese-numeral 1.2兆: 0; found in a sentence: 2兆
japanese-numeral 12,345: error; found in a sentence: none
kanjize 1兆2345億: 1234500000000
kanjize 1兆2,345億: error
kanjize 1,234億: error
kanjize 14,266百万: error
kanjize 1.2兆: 1200000000000
kanjize 12,345: error
TEXT
