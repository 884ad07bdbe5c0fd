#!/usr/bin/env bash
# Guess: a converter from HTML to Markdown, which has no row spans, inserts an empty cell where a row span covers a
# cell.
# Finding: html2text, markdownify and turndown (with its table plugin) write only the cells that are in the row,
# starting at the left. Below a label with rowspan="2" every amount moves one column to the left: the loss of FY2025
# is under FY2024, and the profit of FY2026 is under FY2025. pandoc inserts the empty cell.
# Why it matters: tables of segments have such labels, and pages are converted to Markdown for search and for language
# models. The table is well-formed, every number is right, and only the years are wrong. Published tables should
# repeat the label in every row.
# Reference: HTML table model, rowspan; GitHub-flavoured Markdown tables (a short row is filled at its end).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-save --prefix "$work" turndown@7.2.5 @joplin/turndown-plugin-gfm@1.0.68
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check html2text==2025.4.15 markdownify==1.2.3 pypandoc_binary==1.17
cat >"$work/page.html" <<'HTML'
<table><thead>
<tr><th>Segment</th><th>Line</th><th>FY2024</th><th>FY2025</th><th>FY2026</th></tr>
</thead><tbody>
<tr><th rowspan="2">Retail</th><td>Revenue</td><td>1,000</td><td>1,100</td><td>1,200</td></tr>
<tr><td>Profit</td><td>100</td><td>(50)</td><td>150</td></tr>
</tbody></table>
HTML
cat >"$work/convert.py" <<'PY'
import sys
import html2text, markdownify, pypandoc

page = open(sys.argv[1], encoding="utf-8").read()
for name, text in [
    ("html2text", html2text.html2text(page)),
    ("markdownify", markdownify.markdownify(page)),
    ("pandoc", pypandoc.convert_text(page, "gfm-raw_html", format="html")),
]:
    rows = [line for line in text.splitlines() if "Profit" in line]
    print(name, [cell.strip().replace("\\", "") for cell in rows[0].strip("|").split("|")])
PY
cat >"$work/convert.js" <<'JS'
const Turndown = require('turndown')
const page = require('fs').readFileSync(process.argv[2], 'utf8')
const text = new Turndown().use(require('@joplin/turndown-plugin-gfm').gfm).turndown(page)
const row = text.split('\n').find(line => line.includes('Profit'))
console.log('turndown', row.split('|').slice(1, -1).map(cell => cell.trim()))
JS
"$work/venv/bin/python" "$work/convert.py" "$work/page.html" >"$work/seen"
node "$work/convert.js" "$work/page.html" >>"$work/seen"
echo "html2text 2025.4.15, markdownify 1.2.3, pandoc of pypandoc_binary 1.17, turndown 7.2.5; the second row below the heads"
echo "['Segment', 'Line', 'FY2024', 'FY2025', 'FY2026']:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
html2text ['Profit', '100', '(50)', '150']
markdownify ['Profit', '100', '(50)', '150']
pandoc ['', 'Profit', '100', '(50)', '150']
turndown [ 'Profit', '100', '(50)', '150' ]
TEXT
