"""Reads the tables of a page as a browser would: the standard library's HTML parser, and nothing of kessan's own.

The other checks of this folder hold what they find elsewhere (Markdown, CSV, workbook, print) against what stands here.
"""

import html.parser
from dataclasses import dataclass, field


@dataclass
class Cell:
    text: str = ""
    value: str | None = None  # of <data value="...">
    colspan: int = 1
    rowspan: int = 1


@dataclass
class Row:
    anchor: str = ""
    cells: list[Cell] = field(default_factory=list)

    def texts(self):
        """The texts as a grid has them: a cell that spans columns is followed by empty ones."""
        return [text for cell in self.cells for text in [cell.text] + [""] * (cell.colspan - 1)]


@dataclass
class Table:
    name: str
    caption: str = ""
    heading: str = ""  # of a table without a caption, the heading that names it
    head: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    chart: bool = False  # the numbers under a drawing


def tables(path):
    """The tables of the page at `path`, in order."""
    with open(path, encoding="utf-8", newline="") as page:
        return Reader(page.read()).tables


class Reader(html.parser.HTMLParser):
    """Notes' marks and words for screen readers are no part of a cell's text."""

    UNSEEN = ("sup", "script", "button")

    def __init__(self, text):
        super().__init__()
        self.tables, self.open, self.part, self.into, self.unseen, self.figures = [], [], None, None, 0, 0
        self.headings, self.heading = {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in VOID:
            self.handle_data(" ")
            return
        hidden = tag in self.UNSEEN or "hidden" in given or "spoken" in given.get("class", "").split() or given.get("role") == "tooltip"
        self.open.append((tag, hidden))
        self.unseen += hidden
        if tag == "figure":
            self.figures += 1
        elif tag == "table":
            heading = self.headings.get(given.get("aria-labelledby"), "")
            self.tables.append(Table(given.get("id", ""), heading=heading, chart=self.figures > 0))
        elif tag in ("thead", "tbody"):
            self.part = tag
        elif tag == "tr":
            table = self.tables[-1]
            (table.head if self.part == "thead" else table.rows).append(Row(given.get("id", "")))
        elif tag in ("td", "th"):
            table = self.tables[-1]
            cell = Cell(colspan=int(given.get("colspan", 1)), rowspan=int(given.get("rowspan", 1)))
            (table.head if self.part == "thead" else table.rows)[-1].cells.append(cell)
            self.into = cell
        elif tag == "span" and "caption" in given.get("class", "").split():
            self.into = Cell()
        elif tag in HEADINGS:
            self.into, self.heading = Cell(), given.get("id")
        elif tag == "data" and self.into:
            self.into.value = given["value"]

    def handle_endtag(self, tag):
        while self.open:
            opened, hidden = self.open.pop()
            self.unseen -= hidden
            if opened == "figure":
                self.figures -= 1
            if opened == tag:
                break
        if tag in HEADINGS and self.into:
            self.headings[self.heading] = " ".join(self.into.text.split())
            self.into = None
        if tag in ("td", "th", "caption") and self.into:
            self.into.text = " ".join(self.into.text.split())
            self.tables[-1].caption = self.into.text if tag == "caption" else self.tables[-1].caption
            self.into = None

    def handle_data(self, data):
        if self.into and not self.unseen:
            self.into.text += data


HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
