"""The tables of the Markdown are those of the page, cell by cell, to an independent reader (cmark-gfm) and again in what it
writes itself.

    markdown.py FILE     where FILE is output/<slug>/<slug>.md
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tables import tables

READ = ["cmark-gfm", "-e", "table", "-e", "footnotes", "-e", "strikethrough", "--unsafe"]


def read(markdown):
    """The body rows of each table, as texts."""
    page = subprocess.run([*READ, "-t", "html"], input=markdown, capture_output=True, check=True, text=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(page)
        file.flush()
        return [[row.texts() for row in table.rows] for table in tables(file.name)]


def main(file):
    path = Path(file)
    markdown = path.read_text(encoding="utf-8")
    again = subprocess.run([*READ, "-t", "commonmark"], input=markdown, capture_output=True, check=True, text=True).stdout
    page = [table for table in tables(path.parent / "full.html") if not table.chart]
    faults = []
    for reading, found in (("read", read(markdown)), ("written and read again", read(again))):
        if len(found) != len(page):
            faults.append(f"{reading}: {len(found)} tables, the page has {len(page)}")
        for table, rows in zip(page, found):
            want = [row.texts() for row in table.rows]
            if len(want) != len(rows):
                faults.append(f"{reading}: {table.name} has {len(rows)} rows, the page {len(want)}")
            faults += [f"{reading}: {table.name}: {b}, the page has {a}" for a, b in zip(want, rows) if a != b]
    cells = sum(len(row.texts()) for table in page for row in table.rows)
    print(f"{path}: {len(page)} tables, {sum(len(table.rows) for table in page)} rows, {cells} cells")
    if not cells:
        faults.append("no cells at all")
    for fault in faults[:10]:
        print(f"error: {fault}")
    sys.exit(1 if faults else 0)


main(sys.argv[1])
