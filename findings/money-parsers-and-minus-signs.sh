#!/usr/bin/env bash
# Guess: a parser of money that reads (1,234) as negative either reads a typographic minus and △ too, or rejects them.
# Finding: currency.js, numeral and accounting drop every character that they do not know, including the sign. They
# read −1,234 (U+2212), △1,234, ▲1,234 and －1,234 as +1234, without an error. They read a trailing minus in three
# ways: NaN, -1234 and 1234.
# Why it matters: careful pages print U+2212. CLDR uses it in Swedish, Norwegian and Finnish, and d3-format writes it
# by default. Japanese statements print △ or ▲. A loss copied from such a page becomes a profit. Give programs the
# value in an attribute or a data file, not as shown text.
# Reference: U+2212, U+25B3, U+25B2, U+FF0D; CLDR minusSign of sv, nb and fi.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-save --prefix "$work" currency.js@2.0.4 numeral@2.0.6 accounting@0.4.1 d3-format@3.1.0
cat >"$work/read.mjs" <<'JS'
import currency from 'currency.js'
import numeral from 'numeral'
import accounting from 'accounting'
import { format } from 'd3-format'

const printed = format(',')(-1234)
console.log('d3-format prints U+' + printed.codePointAt(0).toString(16) + ' before', printed.slice(1))
for (const text of ['-1,234', '(1,234)', printed, '△1,234', '▲1,234', '－1,234', '1,234-']) {
  const values = [currency(text).value, numeral(text).value(), accounting.unformat(text)]
  console.log(`${text}: currency.js ${values[0]}, numeral ${values[1]}, accounting ${values[2]}`)
}
JS
node "$work/read.mjs" >"$work/seen"
echo "currency.js 2.0.4, numeral 2.0.6, accounting 0.4.1, d3-format 3.1.0:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
d3-format prints U+2212 before 1,234
-1,234: currency.js -1234, numeral -1234, accounting -1234
(1,234): currency.js -1234, numeral -1234, accounting -1234
−1,234: currency.js 1234, numeral 1234, accounting 1234
△1,234: currency.js 1234, numeral 1234, accounting 1234
▲1,234: currency.js 1234, numeral 1234, accounting 1234
－1,234: currency.js 1234, numeral 1234, accounting 1234
1,234-: currency.js NaN, numeral -1234, accounting 1234
TEXT
