#!/usr/bin/env bash
# Guess: a reader of workbooks recognizes a date cell with a built-in date format, whichever language the format
# belongs to.
# Finding: openpyxl does not know formats 27 to 36 and 50 to 58. A file stores them as a bare id without a code, so
# openpyxl reports General and returns 46112 for 2026-03-31. calamine returns a date. The same pandas call therefore
# returns an integer or a date depending on its engine, and pandas 3.1 warns that its default engine will change.
# Why it matters: a Japanese Excel writes these formats (31 is 2026年3月31日, 57 is an era date). Balance sheet dates,
# record dates and payment dates arrive as integers, and a check that a cell is numeric accepts them.
# Reference: ECMA-376 part 1, 18.8.30, numFmt (built-in formats of ja-jp, zh-cn, zh-tw and ko-kr).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check XlsxWriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1 pandas==3.1.1
"$work/venv/bin/python" - "$work/dates.xlsx" <<'PY'
import datetime, importlib.metadata, sys
import openpyxl, pandas, xlsxwriter

FORMATS = [14, 27, 28, 31, 36, 50, 57, 58]
book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
for row, number in enumerate(FORMATS):
    sheet.write_datetime(row, 0, datetime.date(2026, 3, 31), book.add_format({"num_format": number}))
book.close()

print(*(f"{name} {importlib.metadata.version(name)}" for name in ("XlsxWriter", "openpyxl", "python-calamine", "pandas")))
cells = openpyxl.load_workbook(sys.argv[1]).active
frames = {engine: pandas.read_excel(sys.argv[1], header=None, engine=engine, dtype=object) for engine in ("openpyxl", "calamine")}
changed = False
for row, number in enumerate(FORMATS):
    cell = cells.cell(row + 1, 1)
    by = {engine: frame.iloc[row, 0] for engine, frame in frames.items()}
    print(f"format {number}: openpyxl {cell.value!r} ({cell.number_format}); pandas by openpyxl {by['openpyxl']}, by calamine {by['calamine']}")
    wanted = datetime.datetime(2026, 3, 31) if number == 14 else 46112
    changed |= cell.value != wanted or by["openpyxl"] != wanted or str(by["calamine"])[:10] != "2026-03-31"
raise SystemExit(int(changed))
PY
