"""Writes the first release with all its statements, measures, relations, tables and pages so many times over, each copy under
names of its own: `python benches/copies.py 32 FOLDER`. Then `kessan check --root FOLDER`."""

import re
import sys
from pathlib import Path

RELEASE = Path(__file__).parent.parent / "content/iij-fy2009"


class Names:
    """The names that a copy has others for."""

    def __init__(self, files):
        texts = list(files.values())

        def ids(head):
            return [name for text in texts for name in re.findall(head + r'\nid = "(\w+)"', text)]

        self.statements = "|".join(ids(r"\[statement\]"))
        self.measures = "|".join(ids(r"\[\[(?:measure|range)\]\]"))
        self.tables = "|".join(ids(r"\[\[(?:table|chart)\]\]"))
        self.pages = "|".join(path.stem.split("-", 1)[1] for path in files if path.suffix == ".md")

    def rename(self, text, end):
        """The text with `end` behind every name of a statement, measure, table or note."""
        text = re.sub(rf'(\[statement\]\nid = "\w+)"', rf'\1{end}"', text)
        text = re.sub(rf'\b(of|lines) = "({self.statements})"', rf'\1 = "\2{end}"', text)
        text = re.sub(rf"(?<![\w.])({self.statements})\.(?=[a-z_])", rf"\1{end}.", text)
        text = re.sub(rf"(?<![\w.])({self.measures})\b(?!\s*=)", rf"\1{end}", text)
        text = re.sub(rf'(?<=")({self.tables})(?=")', rf"\1{end}", text)
        text = re.sub(rf"(?<=displayed:)({self.tables})(?=/)", rf"\1{end}", text)
        text = re.sub(rf'^in = \["({self.pages})"\]', rf'in = ["\1{end}"]', text, flags=re.M)
        text = re.sub(r"\[\^(\w+)\]", rf"[^\1{end}]", text)
        return re.sub(r"notes = \[[^\]]*\]", lambda notes: re.sub(r'"(\w+)"', rf'"\1{end}"', notes[0]), text)


def copies(release, times):
    """The files of a release of so many copies: path and text."""
    paths = [path for path in sorted(release.rglob("*")) if path.suffix in (".toml", ".md") and path.stem != "exchange"]
    files = {path.relative_to(release): path.read_text() for path in paths}
    names = Names(files)
    pages = [path for path in files if path.suffix == ".md"]
    written = {}
    for copy in range(times):
        end = f"_c{copy}" if copy else ""
        for path, text in files.items():
            text = names.rename(text, end) if copy else text
            if path.suffix == ".md":
                number, name = path.stem.split("-", 1)
                to = Path(f"{int(number) + copy * len(pages):04}-{name}{end}.md")
            elif path.parent == Path():
                to = path
            else:
                to = path.with_stem(path.stem + end)
            if to == Path("release.toml") and copy:
                # Only what it says of pages and tables is there several times.
                text = "".join(re.findall(r"^\[\[erratum\]\]\n(?:.+\n)+", text, re.M))
                text = re.sub(r'^where = "((?:(?!_c\d).)*)"$', rf'where = "\1{end}"', text, flags=re.M)
            written[to] = written.get(to, "") + text + "\n"
    return written


def write(release, times, folder):
    for path, text in copies(release, times).items():
        to = Path(folder) / "content" / release.name / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text)


if __name__ == "__main__":
    write(RELEASE, int(sys.argv[1]), sys.argv[2])
