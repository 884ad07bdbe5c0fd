"""The downloads say what the pages say: JSON that keeps its published schema, and CSV that is read cell by cell beside the
tables of the pages.

    downloads.py FILE...     where FILE is output/<slug>/<slug>.csv
"""

import csv
import json
import re
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema

from tables import tables

NUMBER = re.compile(r"(\()?(-?[\d,]*\.?\d+)%?(?(1)%?\))")
HARMLESS = re.compile(r"-?[\d.]+|-|\(.*|[^=+\-@\t\r].*|", re.DOTALL)


def read_csv(path):
    """Lines of a file as RFC 4180 has it; every line as long as the first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file, strict=True)
    if any(len(line) != len(head) for line in lines):
        raise SystemExit(f"error: {path}: lines of several lengths")
    return head, lines


def read(text):
    """A field's text as the page has it: spaces alike, and without the quote that keeps a label from being taken for a
    formula, a date or a number."""
    text = " ".join(text.split())
    return text[1:] if re.match("'[=+@\\-(\\d]", text) else text


def worth(text):
    """The number that a printed text says, if it says one."""
    match = NUMBER.fullmatch(text.strip().replace("△", "-").replace("％", "%"))
    if not match:
        return None
    number = Decimal(match[2].replace(",", ""))
    return number.copy_negate() if match[1] else number


def says(text, printed):
    """Whether a printed text says this number, its sign included, if it says one."""
    number = worth(text)
    return number is None or (number, number.is_signed()) == (Decimal(printed), printed.startswith("-"))


def grid(table):
    """{row: (label, [cell, ...])} of a page's table, by the row's own name."""
    rows = {}
    for row in table.rows:
        label, *cells = row.texts()
        rows[row.anchor.removeprefix(f"{table.name}.")] = (label, cells)
    return rows


class Release:
    def __init__(self, path):
        self.folder, self.path, self.faults, self.counts = path.parent, path.with_suffix(".json"), [], {"schema": 0, "csv": 0, "json": 0}
        on_pages = [table for page in sorted(self.folder.glob("*.html")) for table in tables(page) if table.name]
        self.pages = {table.name: grid(table) for table in on_pages}
        translated = [folder for folder in sorted(self.folder.iterdir()) if (folder / "full.html").is_file()]
        self.translations = {folder.name: {table.name: grid(table) for table in tables(folder / "full.html")} for folder in translated}

    def same(self, where, found, wanted):
        if found != wanted:
            self.faults.append(f"{where}: {str(found)[:200]}, the page has {str(wanted)[:200]}")

    def check_json(self):
        schema = json.loads((self.folder / "release.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        of_table = {**schema["$defs"]["table_file"], "$defs": schema["$defs"]}
        self.valid(self.path, schema)
        release = json.loads(self.path.read_text(encoding="utf-8"))
        self.same("tables of the JSON", sorted(table["id"] for table in release["tables"]), sorted(self.pages))
        for table in release["tables"]:
            alone = json.loads((self.folder / "tables" / f"{table['id']}.json").read_text(encoding="utf-8"))
            self.valid(self.folder / "tables" / f"{table['id']}.json", of_table)
            self.same(f"{table['id']}.json", alone["rows"], table["rows"])
            rows = {row["id"]: (read(row["label"]), [cell["text"] if cell else "" for cell in row["cells"]]) for row in table["rows"]}
            self.same(f"{table['id']} in JSON: rows", list(rows), list(self.pages[table["id"]]))
            for name, row in rows.items():
                self.same(f"{table['id']}/{name} in JSON", row, self.pages[table["id"]].get(name))
            for cell in (cell for row in table["rows"] for cell in row["cells"] if cell and "printed" in cell):
                self.counts["json"] += 1
                if not says(cell["text"], cell["printed"]):
                    self.faults.append(f"{table['id']} in JSON: {cell['text']} is not {cell['printed']}")

    def valid(self, path, schema):
        self.counts["schema"] += 1
        found = jsonschema.Draft202012Validator(schema).iter_errors(json.loads(path.read_text(encoding="utf-8")))
        self.faults += [f"{path.name}: {error.json_path}: {error.message[:160]}" for error in found]

    def check_csv(self):
        for name, rows in self.pages.items():
            head, lines = read_csv(self.folder / "tables" / f"{name}.csv")
            # After the columns of the original come those of the translations: a label and the cells as printed.
            starts = {column.removeprefix("label_"): at for at, column in enumerate(head) if column.startswith("label_")}
            width = (min(starts.values(), default=len(head)) - 3) // 5
            self.same(f"{name}.csv: rows", [line[0] for line in lines], list(rows))
            for line in lines:
                self.same(f"{name}.csv: {line[0]}", (read(line[1]), line[3 : 3 + width]), rows.get(line[0]))
                self.counts["csv"] += width
                for language, at in starts.items():
                    row = (read(line[at]), line[at + 1 : at + 1 + width])
                    self.same(f"{name}.csv in {language}: {line[0]}", row, self.translations[language][name].get(line[0]))
                for text, printed, exact in zip(line[3:], line[3 + width :], line[3 + 2 * width : 3 + 3 * width]):
                    if (exact or printed) and not text:
                        self.faults.append(f"{name}.csv: {line[0]}: {exact} is behind an empty cell")
                    if printed and not says(text, printed):
                        self.faults.append(f"{name}.csv: {line[0]}: {text} is not {printed}")
            self.harmless(f"{name}.csv", [head, *lines])
        head, lines = read_csv(self.path.with_suffix(".csv"))
        place = {column: at for at, column in enumerate(head)}
        printed = {(name, row, column): text for name, rows in self.pages.items() for row, (_, cells) in rows.items()
                   for column, text in enumerate(cells, 1) if text}
        found = {(line[place["table"]], line[place["row"]], int(line[place["column"]])): line[place["displayed"]] for line in lines}
        self.same("cells of the release's CSV", len(found), len(printed))
        for cell, text in found.items():
            self.same(f"{cell} in the release's CSV", text, printed.get(cell))
        self.harmless(self.path.with_suffix(".csv").name, lines)

    def harmless(self, name, lines):
        """No field is taken for a formula by a spreadsheet."""
        self.faults += [f"{name}: {field!r} is a formula" for line in lines for field in line if not HARMLESS.fullmatch(field)]


def main(files):
    failed = not files
    for file in files:
        release = Release(Path(file))
        release.check_json()
        release.check_csv()
        counts = release.counts
        print(f"{file}: {len(release.pages)} tables; {counts['schema']} files keep the schema, {counts['json']} numbers in JSON "
              f"and {counts['csv']} cells in CSV are those of the pages")
        for fault in release.faults[:20]:
            print(f"error: {fault}")
        failed |= bool(release.faults) or not all(counts.values())
    sys.exit(1 if failed else 0)


try:
    main(sys.argv[1:])
except (OSError, ValueError) as fault:  # a file that is missing, or no JSON or CSV
    sys.exit(f"error: {fault}")
