#!/usr/bin/env python3
"""Holds a release's workbook against its JSON, as LibreOffice recalculates and shows it.

workbook.py RELEASE.xlsx RELEASE.json    needs openpyxl, and soffice on the path; ends with 1 where anything differs

The results that the workbook holds for its formulas are taken out first, so that every total is worked out anew. Then each
cell of each sheet must hold the number that the release prints (a fraction where it prints its own percent sign) and show
the same text; every formula must be a sum of cells of its sheet; and there must be none anywhere else.
"""

import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal

import openpyxl

# How many differences are said one by one.
SAID = 40
TERM = r"(?:SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+)"
SUM = re.compile(rf"=-?{TERM}(?:[+-]{TERM})*")
# What a formula gave, in the sheet's XML.
RESULT = re.compile(r"(</f>)<v>[^<]*</v>")
# Commas, UTF-8, numbers as they are shown, every sheet.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"


def without_results(source, target):
    """Copies the workbook without what its formulas gave; says how many there were."""
    removed = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                text, count = RESULT.subn(r"\1", content.decode("utf-8"))
                content, removed = text.encode("utf-8"), removed + count
            new.writestr(name, content)
    return removed


def convert(source, kind, folder):
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind,
               "--outdir", f"{folder}/out", str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300)


def shown(folder, stem, sheet):
    with open(f"{folder}/out/{stem}-{sheet}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def compare(table, written, recalculated, texts, say):
    """Compares a table with its sheet; gives how many numbers and formulas there are."""
    # Labels stand at the left of the frozen edge, one for each language.
    column, first = openpyxl.utils.cell.coordinate_from_string(written.freeze_panes)
    left = openpyxl.utils.column_index_from_string(column)
    numbers, formulas, seen = 0, 0, set()
    for y, row in enumerate(table["rows"], first):
        label = str(written.cell(y, 1).value or "")
        if not label.startswith(row["label"]):
            say(f"{table['id']}/{row['id']}: the label is {label!r}")
        for x, cell in enumerate(row["cells"], left):
            place = f"{table['id']}/{row['id']}/{x - left + 1}"
            formula, value = written.cell(y, x).value, recalculated.cell(y, x).value
            text = texts[y - 1][x - 1].strip() if x <= len(texts[y - 1]) else ""
            # A cell of words has those of all languages; a mark without letters is that of the original.
            others = [other for other in (cell or {}).get("texts", {}).values() if any(map(str.isalpha, other))]
            wanted = " / ".join([cell["text"], *others]) if cell else ""
            if text != wanted:
                say(f"{place}: shows {text!r}, printed is {wanted!r}")
            if isinstance(formula, str) and formula.startswith("="):
                formulas += 1
                seen.add((y, x))
                if not SUM.fullmatch(formula):
                    say(f"{place}: {formula} is no sum")
            if cell and "printed" in cell:
                numbers += 1
                printed = Decimal(cell["printed"]) / (100 if "%" in cell["text"] and cell["unit"] == "%" else 1)
                if not isinstance(value, (int, float)) or abs(Decimal(value) - printed) > Decimal("1e-9"):
                    say(f"{place}: holds {value!r}, printed is {printed}")
    for line in written.iter_rows():
        for cell in line:
            if cell.data_type == "f" and (cell.row, cell.column) not in seen:
                say(f"{table['id']}: {cell.coordinate} is a formula")
    return numbers, formulas


def main(workbook, release):
    tables = json.loads(pathlib.Path(release).read_text(encoding="utf-8"))["tables"]
    differences = []
    with tempfile.TemporaryDirectory() as folder:
        bare = pathlib.Path(folder) / "bare.xlsx"
        removed = without_results(workbook, bare)
        convert(bare, AS_SHOWN, folder)
        convert(bare, "xlsx:Calc MS Excel 2007 XML", folder)
        written = openpyxl.load_workbook(workbook)
        recalculated = openpyxl.load_workbook(f"{folder}/out/bare.xlsx", data_only=True)
        sheets = written.worksheets[1:]
        if len(sheets) != len(tables):
            differences.append(f"{len(sheets)} sheets for {len(tables)} tables")
        counts = [
            compare(table, sheet, recalculated[sheet.title], shown(folder, "bare", sheet.title), differences.append)
            for table, sheet in zip(tables, sheets)
        ]
    numbers, formulas = map(sum, zip(*counts))
    if formulas != removed or not numbers or not formulas:
        differences.append(f"{formulas} formulas, {removed} results of formulas")
    for difference in differences[:SAID]:
        print(difference)
    print(f"{workbook}: {len(sheets)} sheets, {numbers} numbers, {formulas} of them sums; {len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
