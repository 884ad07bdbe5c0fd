#!/usr/bin/env bash
# Guess: a line never ends between a minus and its number, whichever dash is the minus.
# Finding: Unicode allows a break after an en dash and after a full-width minus. A line may end with "of –", and the
# next line starts with "5%", also inside brackets. The hyphen-minus, U+2212 and △ stay with their number. Two
# independent libraries agree.
# Why it matters: European releases set negatives with an en dash, and Japanese releases set them with －. On a narrow
# screen the sign stays at the end of one line and the next line reads as a positive figure. Ranges such as 10–12%
# break too. Use U+2212, or forbid the break.
# Reference: UAX 14, classes BA (U+2013), ID (U+FF0D), PR (U+2212) and HY (U+002D).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-save --prefix "$work" linebreak@1.1.0
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check uniseg==0.10.1
cat >"$work/break.py" <<'PY'
from uniseg.linebreak import line_break_units

for text in ["of –5%", "of (–5%)", "は－5％", "10–12%", "of -5%", "of −5%", "は△5％"]:
    print("|".join(line_break_units(text)))
PY
cat >"$work/break.js" <<'JS'
const LineBreaker = require('linebreak')
for (const text of ['of –5%', 'of (–5%)', 'は－5％', '10–12%', 'of -5%', 'of −5%', 'は△5％']) {
  const breaker = new LineBreaker(text)
  const parts = []
  for (let next, last = 0; (next = breaker.nextBreak()); last = next.position) parts.push(text.slice(last, next.position))
  console.log(parts.join('|'))
}
JS
"$work/venv/bin/python" "$work/break.py" >"$work/seen"
node "$work/break.js" >"$work/seen.js"
echo "uniseg 0.10.1 and linebreak 1.1.0, | where a line may end:"
cat "$work/seen"
diff "$work/seen" "$work/seen.js"
diff - "$work/seen" <<'TEXT'
of |–|5%
of |(–|5%)
は|－|5％
10–|12%
of |-5%
of |−5%
は|△5％
TEXT
