#!/usr/bin/env python3
"""Makes the workbooks of these tests with writers that are not kessan's: openpyxl, XlsxWriter, msoffcrypto and LibreOffice.

    python3 -m venv venv && venv/bin/pip install openpyxl XlsxWriter msoffcrypto-tool
    venv/bin/python tests/import/make.py      # from the project's folder; needs `soffice`

The files are committed, so that the tests need none of these.
"""

import datetime
import io
import pathlib
import subprocess
import tempfile

import msoffcrypto.format.ooxml
import openpyxl
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

FILES = pathlib.Path(__file__).parent / "files"


def ledger():
    """Amounts in yen that a statement in thousands takes, in the ways that ledgers write them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "P & L"
    # Nothing stands in the first row and column, so that ranges do not begin in A1.
    rows = [
        (2, ["Consolidated statements of income", None, None, None]),
        (3, [None, None, "Yen", None]),
        (4, ["Code", "Item", "FY2024", "FY2025"]),
        (5, [4000, "Sales", 7310250000, 8402130000]),
        (6, ["5000", "Cost of sales", "6,110,040,000", "６,９５１,８７０,０００"]),
        (7, ["5100", "Discounts", "(1,000)", "△2,000"]),
        (8, ["6000", "Operating profit", "=D5-6110040000", "=E5-6951870000"]),
        (9, ["7000", "Per share", 92.45, 0.1 + 0.2]),
        (10, ["8000", "Nil", 0, "－"]),
        (11, ["9999", "Suspense", 5000, None]),
    ]
    for row, cells in rows:
        for column, value in enumerate(cells, start=2):
            if value is not None:
                sheet.cell(row, column, value)
    sheet.merge_cells("B2:E2")
    sheet.merge_cells("D3:E3")
    sheet.row_dimensions[7].hidden = True
    for column in "DE":
        sheet[f"{column}5"].number_format = '#,##0;"△"#,##0'
    book.defined_names["Profit"] = DefinedName("Profit", attr_text="'P & L'!$E$8")
    book.defined_names["Both"] = DefinedName("Both", attr_text="'P & L'!$D$5:$E$6")
    book.defined_names["Elsewhere"] = DefinedName("Elsewhere", attr_text="Hidden!$A$1")
    hidden = book.create_sheet("Hidden")
    hidden["A1"], hidden["B1"] = "4000", 1000
    hidden.sheet_state = "hidden"
    book.save(FILES / "uncalculated.xlsx")
    # LibreOffice calculates the formulas.
    convert("uncalculated.xlsx", "xlsx", "ledger.xlsx")
    convert("ledger.xlsx", "ods", "ledger.ods")
    convert("ledger.xlsx", "xls", "ledger.xls")


def traps():
    """One row for each thing that is no amount."""
    book = xlsxwriter.Workbook(FILES / "traps.xlsx")
    sheet = book.add_worksheet("Traps")
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row("A1", ["Key", "Amount"])
    sheet.write_string("A2", "cached_zero")
    sheet.write_formula("B2", "=SUM(B20:B30)")
    sheet.write_string("A3", "beyond")
    sheet.write_number("B3", 2**53 + 2)
    sheet.write_string("A4", "fraction")
    sheet.write_number("B4", 68006380.5)
    sheet.write_string("A5", "division")
    sheet.write_formula("B5", "=1/0", None, "#DIV/0!")
    sheet.write_string("A6", "other_workbook")
    sheet.write_formula("B6", "='[ledger.xlsx]P & L'!E5", None, 8402130)
    sheet.write_string("A7", "date")
    sheet.write_datetime("B7", datetime.datetime(2026, 3, 31), date)
    sheet.write_string("A8", "truth")
    sheet.write_boolean("B8", True)
    sheet.write_string("A9", "text")
    sheet.write_string("B9", "n.m.")
    sheet.write_string("A10", "merged")
    sheet.write_string("A11", "merged_below")
    sheet.merge_range("B10:B11", 1000)
    sheet.write_string("A12", "twice")
    sheet.write_number("B12", 1)
    sheet.write_string("A13", "twice")
    sheet.write_number("B13", 2)
    sheet.write_string("A14", "empty")
    sheet.write_string("A15", "noise")
    sheet.write_formula("B15", "=1.1*3", None, 3.3000000000000003)
    sheet.write_string("A16", "separators")
    sheet.write_string("B16", "1.234,56")
    sheet.write_string("A17", "percent")
    sheet.write_string("B17", "7.4%")
    sheet.merge_range("D1:E1", "Merged head")
    sheet.write_string("F1", "Head")
    sheet.write_string("G1", "Head")
    book.close()
    convert("traps.xlsx", "ods", "traps.ods")


def encrypted():
    plain = io.BytesIO((FILES / "ledger.xlsx").read_bytes())
    with open(FILES / "encrypted.xlsx", "wb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", file)


def text():
    """A trial balance in Shift_JIS, as LibreOffice writes it: the separator, the quotes, the encoding."""
    book = openpyxl.Workbook()
    for row in [["科目", "名称", "金額"], ["4000", "売上高", "8,402,130"], ["5000", "売上原価", "△6,951,870"]]:
        book.active.append(row)
    with tempfile.TemporaryDirectory() as folder:
        book.save(pathlib.Path(folder) / "balance.xlsx")
        office(["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,64"], pathlib.Path(folder) / "balance.xlsx", folder)
        (FILES / "balance.csv").write_bytes((pathlib.Path(folder) / "balance.csv").read_bytes())


def convert(name, form, to):
    with tempfile.TemporaryDirectory() as folder:
        office(["--convert-to", form], FILES / name, folder)
        made = pathlib.Path(folder) / pathlib.Path(name).with_suffix(f".{form}").name
        (FILES / to).write_bytes(made.read_bytes())


def office(options, file, folder):
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", *options]
    subprocess.run([*command, "--outdir", str(folder), str(file)], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    ledger()
    traps()
    encrypted()
    text()
