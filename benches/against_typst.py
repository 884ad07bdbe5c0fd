"""Processor time of the PDF against Typst: the same text and tables, tagged, PDF/UA-1 and PDF/A-2a.

    pip install typst
    cargo build --release
    python benches/against_typst.py

Typst is given what the release's Markdown says, with the same faces. Both are timed in one run, so that a busy machine
slows both; kessan's share is what the PDF adds to a build of the Markdown alone.
"""

import pathlib
import re
import resource
import subprocess
import sys
import tempfile

import typst

ROOT = pathlib.Path(__file__).resolve().parent.parent
SLUG = "iij-fy2009"
RUNS = 7


def source(markdown: str) -> str:
    """Typst markup of a release's Markdown: headings, paragraphs, lists, notes and pipe tables."""
    notes = dict(re.findall(r"^\[\^([\w-]+)\]: (.+)$", markdown, re.M))
    lines = [line for line in markdown.splitlines() if not line.startswith("[^")]
    title = next(line for line in lines if line.startswith("# "))[2:]
    out = [
        f"#set document(title: [{text(title, {})}])",
        '#set page(paper: "a4", margin: 56pt, numbering: "1")',
        '#set text(font: "Source Serif 4", size: 10pt, lang: "en")',
        '#show table: set text(font: "Source Sans 3", size: 8pt)',
    ]
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("|"):
            rows = []
            while at < len(lines) and lines[at].startswith("|"):
                rows.append([text(cell.strip(), notes) for cell in re.split(r"(?<!\\)\|", lines[at])[1:-1]])
                at += 1
            out.append(table(rows))
            continue
        if heading := re.match(r"(#+) (.*)", line):
            out.append("=" * len(heading[1]) + " " + text(heading[2], notes))
        elif line.startswith("- "):
            out.append("- " + text(line[2:], notes))
        else:
            out.append(text(line, notes))
        at += 1
    return "\n".join(out)


def table(rows: list[list[str]]) -> str:
    cells = lambda row: ", ".join(f"[{cell}]" for cell in row)
    columns = len(rows[0])
    align = "(" + "left, " + "right, " * (columns - 1) + ")"
    body = ",\n  ".join(cells(row) for row in rows[2:])
    return (
        f"#table(columns: {columns}, align: {align}, stroke: none,\n"
        f"  table.header({cells(rows[0])}), table.hline(),\n  {body})\n"
    )


def text(markdown: str, notes: dict[str, str]) -> str:
    """Inlines: escaped, with notes where their marks stand."""
    plain = re.sub(r"\\([^\w\s])", r"\1", markdown.replace("**", ""))
    parts = re.split(r"\[\^([\w-]+)\]", plain)
    out = escape(parts[0])
    for mark, rest in zip(parts[1::2], parts[2::2]):
        note = escape(re.sub(r"\\([^\w\s])", r"\1", notes.get(mark, "")))
        out += f"#footnote[{note}]" + escape(rest)
    return out


def escape(plain: str) -> str:
    return re.sub(r"([\\#$*_`<>@=~\[\]/\"'-])", r"\\\1", plain)


def cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def build(kessan: pathlib.Path, formats: str, output: str) -> float:
    """Milliseconds of processor time of a build."""
    before = cpu(resource.RUSAGE_CHILDREN)
    command = [kessan, "build", SLUG, "--root", ROOT, "--output", output, "--format", formats]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (cpu(resource.RUSAGE_CHILDREN) - before) * 1000


def compile_afresh(file: pathlib.Path) -> float:
    """Milliseconds that Typst takes in a process of its own: in one that has compiled before it remembers everything."""
    done = subprocess.run([sys.executable, __file__, str(file)], check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout)


def compile_here(file: str) -> None:
    before = cpu(resource.RUSAGE_SELF)
    fonts = [str(ROOT / "static/fonts")]
    standards = ["ua-1", "a-2a"]
    typst.compile(file, font_paths=fonts, ignore_system_fonts=True, pdf_standards=standards, timestamp=0)
    print((cpu(resource.RUSAGE_SELF) - before) * 1000)


def main() -> None:
    if len(sys.argv) == 2:
        return compile_here(sys.argv[1])
    kessan = ROOT / "target/release/kessan"
    if not kessan.exists():
        sys.exit("build kessan first: cargo build --release")
    with tempfile.TemporaryDirectory() as folder:
        build(kessan, "markdown,pdf", folder + "/out")
        markdown = pathlib.Path(folder, "out", SLUG, SLUG + ".md").read_text()
        file = pathlib.Path(folder, "release.typ")
        file.write_text(source(markdown))
        ours, theirs = [], []
        for run in range(RUNS):
            # Each into a folder of its own: what has not changed is not built again.
            without = build(kessan, "markdown", f"{folder}/{run}-without")
            ours.append(build(kessan, "markdown,pdf", f"{folder}/{run}") - without)
            theirs.append(compile_afresh(file))
        ours, theirs = sorted(ours)[RUNS // 2], sorted(theirs)[RUNS // 2]
    print(f"kessan {ours:.0f} ms, typst {theirs:.0f} ms: {ours / theirs:.2f} of it")


if __name__ == "__main__":
    main()
