#!/usr/bin/env bash
# Guess: packages that calculate a workbook without a spreadsheet program round half away from zero in ROUND and TEXT,
# as the functions are specified.
# Finding: pycel does so after the decimal point, but rounds half to even before it: ROUND(2500000,-6) is 2000000.
# formulas rounds the binary double: ROUND(1.005,2) is 1.0. For TEXT(-1234,"#,##0;(#,##0)") it returns -(1,234), with
# a minus in front of the brackets. Both return 2 for TEXT(2.5,"0"). xlcalculator agrees with LibreOffice on ROUND and
# has no TEXT.
# Why it matters: such packages check the totals of published workbooks. In a model that rounds to millions, half of
# all exact halves differ in the last digit, and the fault is in the check.
# Reference: OpenFormula (OASIS), ROUND and TEXT; ECMA-376 part 1, 18.17 (formulas).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! command -v soffice >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null
fi
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5 formulas==1.3.4 pycel==1.0b30 xlcalculator==0.5.0
cat >"$work/calculate.py" <<'PY'
import sys
import formulas, openpyxl
from pycel import ExcelCompiler
from xlcalculator import Evaluator, ModelCompiler

FORMULAS = [
    "ROUND(2.5,0)", "ROUND(2500000,-6)", "ROUND(3500000,-6)", "ROUND(1.005,2)", 'TEXT(2.5,"0")', 'TEXT(-1234,"#,##0;(#,##0)")',
]
path = sys.argv[1]
book = openpyxl.Workbook()
book.active.title = "Model"
for row, formula in enumerate(FORMULAS, 1):
    book.active.cell(row, 1).value = "=" + formula
book.save(path)

rows = range(1, len(FORMULAS) + 1)
cells = formulas.ExcelModel().loads(path).finish().calculate()
by_formulas = {name.split("!")[-1]: ranges for name, ranges in cells.items()}
pycel = ExcelCompiler(filename=path)
xlcalculator = Evaluator(ModelCompiler().read_and_parse_archive(path))
print("pycel", *(pycel.evaluate(f"Model!A{row}") for row in rows), sep="; ")
print("formulas", *(by_formulas[f"A{row}"].value[0, 0] for row in rows), sep="; ")
print("xlcalculator", *(xlcalculator.evaluate(f"Model!A{row}") for row in rows if row < 5), "no TEXT", sep="; ")
PY
"$work/venv/bin/python" -W ignore "$work/calculate.py" "$work/model.xlsx" >"$work/seen" 2>"$work/errors" ||
  { cat "$work/errors"; exit 1; }
LC_ALL=C.UTF-8 soffice --headless "-env:UserInstallation=file://$work/profile" \
  --convert-to 'csv:Text - txt - csv (StarCalc):9,,76,1' --outdir "$work" "$work/model.xlsx" >/dev/null 2>&1
echo "LibreOffice; $(paste -sd ';' "$work/model.csv" | sed 's/;/; /g')" >>"$work/seen"
echo "pycel 1.0b30, formulas 1.3.4, xlcalculator 0.5.0, $(soffice --version):"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
pycel; 3.0; 2000000; 4000000; 1.01; 2; (1,234)
formulas; 3.0; 3000000.0; 4000000.0; 1.0; 2; -(1,234)
xlcalculator; 3.0; 3000000.0; 4000000.0; 1.01; no TEXT
LibreOffice; 3; 3000000; 4000000; 1.01; 3; (1,234)
TEXT
