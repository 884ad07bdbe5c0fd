"""Every row of every table is in the PDF, with its label and cells in order, where a reader who copies or searches finds it
(poppler's pdftotext): after its caption, or the heading that names it, on the same page as the row before or on the next, there under the repeated head.

    printed_rows.py FILE...     where FILE is output/<slug>/<slug>.pdf, beside its full.html
"""

import re
import subprocess
import sys
from pathlib import Path

from tables import tables

SUPERSCRIPTS = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"))  # marks of notes, which the page's cells leave out too


def pages(file):
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True, text=True).stdout
    return [page.translate(SUPERSCRIPTS) for page in text.split("\f")]


def pattern(texts):
    """The words of some cells one after the other, as whole words; a line may end after each, and after a hyphen, slash or kanji."""
    words = [re.sub(r"([-/–—\u3000-\u9fff\uff00-\uff65])(?=.)", r"\1\\s*", re.escape(word)) for text in texts for word in text.split()]
    return re.compile(r"(?<!\S)" + r"\s+".join(words) + r"(?!\S)")


class Place:
    """How far a file has been read."""

    def __init__(self, pages):
        self.pages, self.page, self.at = pages, 0, 0

    def find(self, texts, reach):
        """Moves behind the words of `texts`, if they come on this page or one of the `reach` next."""
        wanted = pattern(texts)
        for page in range(self.page, min(self.page + reach + 1, len(self.pages))):
            found = wanted.search(self.pages[page], self.at if page == self.page else 0)
            if found:
                turned = page != self.page
                self.page, self.at = page, found.end()
                return "turned" if turned else "here"
        return None


def check(file):
    place, faults, rows, turns = Place(pages(file)), [], 0, 0
    heading = ""
    for table in tables(Path(file).with_name("full.html")):
        # One heading may name several tables.
        name = table.caption or (table.heading if table.heading != heading else "")
        heading = table.heading or heading
        if name and not place.find([name], len(place.pages)):
            faults.append(f"{table.name}: its caption is not printed after what comes before it")
            continue
        for row in filter(any, (row.texts() for row in table.rows)):
            found = place.find(row, 1)
            rows += 1
            if not found:
                faults.append(f"{table.name}: not on page {place.page + 1} or {place.page + 2}: {' | '.join(row)}")
            elif found == "turned":
                turns += 1
                above = place.pages[place.page][: place.at]
                lost = [cell.text for head in table.head for cell in head.cells if cell.text and not pattern([cell.text]).search(above)]
                faults += [f"{table.name}: the head {text} is not repeated on page {place.page + 1}" for text in lost]
    print(f"{file}: {rows} rows found in order, {turns} times over a page")
    return faults if rows else ["no rows"]


def main(files):
    faults = [fault for file in files for fault in check(file)]
    for fault in faults[:20]:
        print(f"error: {fault}")
    sys.exit(1 if faults or not files else 0)


main(sys.argv[1:])
