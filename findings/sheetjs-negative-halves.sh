#!/usr/bin/env bash
# Guess: a number format changes how a sign looks, not which digits are shown. A half rounds away from zero for
# negatives as for positives.
# Finding: SheetJS rounds a negative half up under 0, 0.0 and 0.0%. It rounds away from zero under #,##0 and under a
# format with its own section for negatives. -1.25% is shown as -1.2% under 0.0% and as (1.3%) under 0.0%;(0.0%). -2.5
# is -2 under 0 and -3 under #,##0. -0.4 is -0 under #,##0 and 0 under 0. numfmt shows -1.3%, -3 and 0.
# Why it matters: previews and CSV exports print this text. Negative growth differs by one in the last place from the
# PDF and the website, and from the same value in a sheet that uses brackets.
# Reference: ECMA-376 part 1, 18.8.31 (number formats); `SSF.format` and the `w` property of a cell.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-save --prefix "$work" xlsx@0.18.5 numfmt@4.0.1
cat >"$work/show.mjs" <<'JS'
import xlsx from 'xlsx'
import { format } from 'numfmt'

const cases = [
  ['0', 2.5], ['0', -2.5], ['#,##0', -2.5], ['0;(0)', -2.5], ['0.0', -0.25], ['#,##0.0', -0.25],
  ['0.0%', 0.0125], ['0.0%', -0.0125], ['0.0%;(0.0%)', -0.0125], ['#,##0', -0.4], ['0', -0.4],
]
for (const [code, value] of cases) console.log(`${value} under ${code}: SheetJS ${xlsx.SSF.format(code, value)}, numfmt ${format(code, value)}`)

// The same by way of a workbook: two cells with one value.
const sheet = { '!ref': 'A1:B1', A1: { t: 'n', v: -0.0125, z: '0.0%' }, B1: { t: 'n', v: -0.0125, z: '0.0%;(0.0%)' } }
const bytes = xlsx.write({ SheetNames: ['Growth'], Sheets: { Growth: sheet } }, { type: 'buffer' })
console.log('one value twice in a row of CSV:', xlsx.utils.sheet_to_csv(xlsx.read(bytes).Sheets.Growth))
JS
node "$work/show.mjs" >"$work/seen"
echo "SheetJS (xlsx) 0.18.5, numfmt 4.0.1:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
2.5 under 0: SheetJS 3, numfmt 3
-2.5 under 0: SheetJS -2, numfmt -3
-2.5 under #,##0: SheetJS -3, numfmt -3
-2.5 under 0;(0): SheetJS (3), numfmt (3)
-0.25 under 0.0: SheetJS -0.2, numfmt -0.3
-0.25 under #,##0.0: SheetJS -0.3, numfmt -0.3
0.0125 under 0.0%: SheetJS 1.3%, numfmt 1.3%
-0.0125 under 0.0%: SheetJS -1.2%, numfmt -1.3%
-0.0125 under 0.0%;(0.0%): SheetJS (1.3%), numfmt (1.3%)
-0.4 under #,##0: SheetJS -0, numfmt 0
-0.4 under 0: SheetJS 0, numfmt 0
one value twice in a row of CSV: -1.2%,(1.3%)
TEXT
