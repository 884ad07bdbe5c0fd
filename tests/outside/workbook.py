#!/usr/bin/env python3
"""Holds the workbooks of releases against the JSON beside them, as LibreOffice recalculates and shows them.

workbook.py RELEASE.xlsx...    needs openpyxl, and soffice on the path; ends with 1 where anything differs

The results that the workbook holds for its formulas are taken out first, so that every total is worked out anew. Then each
cell of each sheet must hold the number that the release prints (a fraction where it prints its own percent sign) and show
the same text; every formula must be a sum of cells of its sheet; and there must be none anywhere else.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl

# How many differences are said one by one.
SAID = 40
TERM = r"(?:SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+)"
SUM = re.compile(rf"=-?{TERM}(?:[+-]{TERM})*")
# What a formula gave, in the sheet's XML.
RESULT = re.compile(r"(</f>)<v>[^<]*</v>")
# The names of OpenDocument, in which LibreOffice writes each cell's value and what it shows.
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value"


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


def recalculate(sources, folder):
    """All at once: to start takes LibreOffice longer than a workbook does."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "ods",
               "--outdir", f"{folder}/out", *map(str, sources)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300)


def sheets_of(document):
    """{sheet: {(row, column): (value, text)}} of what is not empty, counted from 1; the value None where it is no number."""
    with zipfile.ZipFile(document) as parts:
        content = ElementTree.fromstring(parts.read("content.xml"))
    return {sheet.get(f"{TABLE}name"): cells_of(sheet) for sheet in content.iter(f"{TABLE}table")}


def cells_of(sheet):
    cells, y = {}, 1
    for row in sheet.iter(f"{TABLE}table-row"):
        x = 1
        for cell in row:
            times = int(cell.get(f"{TABLE}number-columns-repeated", 1))
            lines = [shown(line) for line in cell.iter(f"{TEXT}p")]
            value = cell.get(VALUE)
            if lines or value is not None:
                content = (None if value is None else Decimal(value), "\n".join(lines))
                cells |= {(y, x + at): content for at in range(times)}
            x += times
        y += int(row.get(f"{TABLE}number-rows-repeated", 1))
    return cells


def shown(part):
    """The text of a paragraph, in which spaces that follow each other are elements."""
    own = " " * int(part.get(f"{TEXT}c", 1)) if part.tag == f"{TEXT}s" else part.text or ""
    return own + "".join(shown(inner) + (inner.tail or "") for inner in part)


def compare(table, written, recalculated, say):
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
            formula, (value, text) = written.cell(y, x).value, recalculated.get((y, x), (None, ""))
            text = text.strip()
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
                if value is None or abs(value - printed) > Decimal("1e-9"):
                    say(f"{place}: holds {value}, printed is {printed}")
    for line in written.iter_rows():
        for cell in line:
            if cell.data_type == "f" and (cell.row, cell.column) not in seen:
                say(f"{table['id']}: {cell.coordinate} is a formula")
    return numbers, formulas


def hold(workbook, removed, recalculated):
    """Holds one workbook against its JSON; gives how many differences there are."""
    tables = json.loads(pathlib.Path(workbook).with_suffix(".json").read_text(encoding="utf-8"))["tables"]
    differences = []
    sheets = openpyxl.load_workbook(workbook).worksheets[1:]
    if len(sheets) != len(tables):
        differences.append(f"{len(sheets)} sheets for {len(tables)} tables")
    counts = [compare(table, sheet, recalculated[sheet.title], differences.append) for table, sheet in zip(tables, sheets)]
    numbers, formulas = map(sum, zip(*counts))
    if formulas != removed or not numbers or not formulas:
        differences.append(f"{formulas} formulas, {removed} results of formulas")
    for difference in differences[:SAID]:
        print(difference)
    print(f"{workbook}: {len(sheets)} sheets, {numbers} numbers, {formulas} of them sums; {len(differences)} differences")
    return len(differences)


def main(workbooks):
    with tempfile.TemporaryDirectory() as folder:
        bare = [pathlib.Path(folder) / f"{at}.xlsx" for at in range(len(workbooks))]
        removed = [without_results(workbook, target) for workbook, target in zip(workbooks, bare)]
        recalculate(bare, folder)
        differences = [
            hold(workbook, count, sheets_of(f"{folder}/out/{source.stem}.ods"))
            for workbook, count, source in zip(workbooks, removed, bare)
        ]
    return 1 if any(differences) else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
