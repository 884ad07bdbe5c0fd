"""The files of projects against their schemas, as Taplo reads them, which editors use: all are taken, and what is planted is told.

schemas.py KESSAN PROJECT...
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TAPLO = pathlib.Path(__file__).parent / ".venv/bin/taplo"
# The file, the text to replace (the first one), what it becomes, and what is at fault in that. Taplo marks the value of an unknown
# key.
PLANTED = [
    ("release.toml", "\nissuer = ", "\nisuer = ", "isuer"),
    ("release.toml", "\ndate = 2", "\ndate = 3 # 2", "date"),
    ("statements/income.toml", 'unit = "', 'unit = 5 # "', "5"),
    ("statements/income.toml", 'kind = "subtotal"', 'kind = "subtotl"', "subtotl"),
    ("tables/summary.toml", "caption = ", "decimals = 10\ncaption = ", "10"),
    ("tables/summary.toml", "id = ", "ident = ", "ident"),
    ("measures.toml", "formula = ", "formulae = ", "formulae"),
    ("relations.toml", "same = ", "sames = ", "sames"),
]
PLACE = re.compile(r"┌─ (.*):(\d+):(\d+)$", re.M)


def lint(project: pathlib.Path) -> tuple[int, str, list[tuple[str, int]]]:
    """Exit code, what is printed, and the places that are reported."""
    ran = subprocess.run([TAPLO.absolute(), "lint"], cwd=project, capture_output=True, text=True)
    places = [(path, int(line)) for path, line, _ in PLACE.findall(ran.stderr)]
    return ran.returncode, ran.stderr, places


def check(project: pathlib.Path) -> int:
    """Holds all files of a project against the schemas; how many there are."""
    code, printed, _ = lint(project)
    if code:
        raise SystemExit(f"{project}:\n{printed}")
    total = re.search(r"total=(\d+)", printed)
    if not total or total[1] == "0":
        raise SystemExit(f"{project} has no file:\n{printed}")
    return int(total[1])


def plant(kessan: str, work: pathlib.Path) -> None:
    """Each defect alone in a starter: it is told, in its line."""
    for number, (name, was, becomes, fault) in enumerate(PLANTED):
        project = work / str(number)
        project.mkdir()
        subprocess.run([kessan, "new", "acme", "--root", project], check=True, capture_output=True)
        path = project / "content/acme" / name
        before, found, after = path.read_text().partition(was)
        if not found:
            raise SystemExit(f"{name} has no {was!r}")
        path.write_text(before + becomes + after)
        line = (before + becomes[: becomes.index(fault)]).count("\n") + 1
        code, printed, places = lint(project)
        if code == 0 or (str(path), line) not in places:
            raise SystemExit(f"{name}:{line}: {becomes!r} is not told, but\n{printed}")
        shutil.rmtree(project)


def main() -> None:
    kessan, *projects = sys.argv[1:]
    files = [check(pathlib.Path(project)) for project in projects]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        bilingual = work / "bilingual"
        shutil.copytree("tests/data/bilingual/content", bilingual / "content")
        subprocess.run([kessan, "schema", "--root", bilingual], check=True, capture_output=True)
        subprocess.run([kessan, "new", "--templates", "--root", bilingual], check=True, capture_output=True)
        files.append(check(bilingual))
        plant(kessan, work)
    print(f"{sum(files)} files of {len(files)} projects are as their schemas say, and {len(PLANTED)} planted defects are told")


if __name__ == "__main__":
    main()
