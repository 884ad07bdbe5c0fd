#!/usr/bin/env bash
# Guess: a date cell with an era format (ggge"年度", shown by Excel as 令和8年度) is a date for every reader. A program
# without eras shows 2026年度.
# Finding: four readers give four answers. openpyxl and calamine see no y, m, d, h or s in the format and return
# 46112. SheetJS shows ggg2026年度, shows ggg in front of full dates too, and shows nothing for ge.m.d. LibreOffice with
# an English locale uses the Hebrew calendar if the format names no locale: 2026-03-31 is CE786年度 and 2026-10-01,
# after the Hebrew new year of 5787, is CE787年度. With [$-411] in front, LibreOffice shows 令和8年度, and the other three
# still fail.
# Why it matters: Japanese workbooks head their columns with fiscal years in this form. 46112, or 786, arrives in a
# row of years without an error.
# Reference: ECMA-376 part 1, 18.8.31, numFmts (date codes e and g); locale code [$-411].
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! command -v soffice >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null
fi
npm install --silent --no-save --prefix "$work" xlsx@0.18.5
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check XlsxWriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1
cat >"$work/make.py" <<'PY'
import datetime, sys
import xlsxwriter

book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
days = [datetime.date(2026, 3, 31), datetime.date(2026, 10, 1)]
formats = ['ggge"年度"', '[$-411]ggge"年度"', '[$-411]ggge"年"m"月"d"日"', "[$-411]ge.m.d"]
for row, code in enumerate(formats):
    for column, day in enumerate(days):
        sheet.write_datetime(row, column, day, book.add_format({"num_format": code}))
book.close()
PY
cat >"$work/read.py" <<'PY'
import sys
import openpyxl, python_calamine

for row in openpyxl.load_workbook(sys.argv[1]).active.iter_rows(values_only=True):
    print("openpyxl", *row)
for row in python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python():
    print("calamine", *row)
PY
cat >"$work/read.js" <<'JS'
const { Sheets } = require('xlsx').readFile(process.argv[2])
for (const row of [1, 2, 3, 4]) console.log('SheetJS', Sheets.Sheet1['A' + row].w, Sheets.Sheet1['B' + row].w)
JS
"$work/venv/bin/python" "$work/make.py" "$work/era.xlsx"
"$work/venv/bin/python" "$work/read.py" "$work/era.xlsx" >"$work/seen"
node "$work/read.js" "$work/era.xlsx" >>"$work/seen"
LC_ALL=C.UTF-8 soffice --headless "-env:UserInstallation=file://$work/profile" \
  --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1' --outdir "$work" "$work/era.xlsx" >/dev/null 2>&1
sed 's/^/LibreOffice /' "$work/era.csv" >>"$work/seen"
echo "openpyxl 3.1.5, python-calamine 0.9.1, SheetJS 0.18.5, $(soffice --version):"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
openpyxl 46112 46296
openpyxl 46112 46296
openpyxl 2026-03-31 00:00:00 2026-10-01 00:00:00
openpyxl 2026-03-31 00:00:00 2026-10-01 00:00:00
calamine 46112.0 46296.0
calamine 46112.0 46296.0
calamine 2026-03-31 2026-10-01
calamine 2026-03-31 2026-10-01
SheetJS ggg2026年度 ggg2026年度
SheetJS ggg2026年度 ggg2026年度
SheetJS ggg2026年3月31日 ggg2026年10月1日
SheetJS undefined undefined
LibreOffice CE786年度,CE787年度
LibreOffice 令和8年度,令和8年度
LibreOffice 令和8年3月31日,令和8年10月1日
LibreOffice R8.3.31,R8.10.1
TEXT
