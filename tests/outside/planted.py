"""Shows that each check of this folder can fail: plants defects, one at a time, in a copy of a site, and asks that the check
which is to see it says so and ends with 1.

    planted.py PROJECT SLUG
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent


def text(pattern, by):
    """A change of the first place that matches."""

    def change(path):
        before = path.read_text(encoding="utf-8")
        after, count = re.subn(pattern, by, before, count=1, flags=re.DOTALL)
        path.write_text(after, encoding="utf-8")
        return count

    return change


def sheet(pattern, by):
    """A change of the first place in the sheets of a workbook that matches."""

    def change(path):
        left = 1
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name, part in parts.items():
                if left and name.startswith("xl/worksheets/"):
                    text, count = re.subn(pattern, by, part.decode("utf-8"), count=1)
                    part, left = text.encode("utf-8"), left - count
                new.writestr(name, part)
        return 1 - left

    return change


def remove(path):
    path.unlink()
    return 1


SWAP = r'(<tr id="assets\.cash".*?</tr>)(.*?)(<tr .*?</tr>)', r"\3\2\1"

# The check with its file, what is planted, the file that is changed and how. {} is the release's slug.
DEFECTS = [
    ("markdown.py {0}/{0}.md", "another digit", "{0}/{0}.md", text(r"\| 68,006 ", "| 68,007 ")),
    ("markdown.py {0}/{0}.md", "a lost row", "{0}/{0}.md", text(r"\n\| Equipment Sales [^\n]*", "")),
    ("markdown.py {0}/{0}.md", "a broken table", "{0}/{0}.md", text(r"\n\| :--- ", "\n: --- ")),
    ("printed_rows.py {0}/{0}.pdf", "another digit", "{0}/full.html", text(r">68,006<", ">68,007<")),
    ("printed_rows.py {0}/{0}.pdf", "another order", "{0}/full.html", text(*SWAP)),
    ("printed_rows.py {0}/{0}.pdf", "another caption", "{0}/full.html", text(r">Segment Summary<", ">Segments<")),
    ("found.py . ../content/site.toml", "a page without description", "{0}/income.html", text(r'<meta name="description"[^>]*>', "")),
    ("found.py . ../content/site.toml", "a title twice", "{0}/income.html", text(r"<title>.*?</title>", "<title>Page not found</title>")),
    ("found.py . ../content/site.toml", "another canonical address", "{0}/income.html", text(r'rel="canonical" href="', r"\g<0>x")),
    ("found.py . ../content/site.toml", "another title where it is shared", "{0}/income.html", text(r'og:title" content="', r"\g<0>x")),
    ("found.py . ../content/site.toml", "broken JSON-LD", "{0}/income.html", text(r'"@context":', '"@context"')),
    ("found.py . ../content/site.toml", "no publisher", "{0}/income.html", text('"publisher"', '"publishes"')),
    ("found.py . ../content/site.toml", "a hidden page", "{0}/income.html", text("</head>", '<meta name="robots" content="noindex"></head>')),
    ("found.py . ../content/site.toml", "a page the sitemap lacks", "sitemap.xml", text(r"<url><loc>[^<]*income.html.*?</url>", "")),
    ("found.py . ../content/site.toml", "a broken sitemap", "sitemap.xml", text("</url>", "")),
    ("found.py . ../content/site.toml", "an entry without id", "feed.xml", text("<entry>\n<id>.*?</id>", "<entry>")),
    ("found.py . ../content/site.toml", "another date", "feed.xml", text("<published>20", "<published>19")),
    ("found.py . ../content/site.toml", "a release the feed lacks", "feed.xml", text("<entry>.*</entry>", "")),
    ("found.py . ../content/site.toml", "robots that are kept out", "robots.txt", text("Allow: /", "Disallow: /")),
    ("downloads.py {0}/{0}.csv", "another digit in a table's CSV", "{0}/tables/results_fy.csv", text("68,006", "68,007")),
    ("downloads.py {0}/{0}.csv", "a lost row in a table's CSV", "{0}/tables/results_fy.csv", text("\nsi,[^\n]*", "")),
    ("downloads.py {0}/{0}.csv", "a formula in a table's CSV", "{0}/tables/results_fy.csv", text(",YoY", ",=YoY")),
    ("downloads.py {0}/{0}.csv", "another digit in the release's CSV", "{0}/{0}.csv", text("68,006", "68,007")),
    ("downloads.py {0}/{0}.csv", "a lost cell in the release's CSV", "{0}/{0}.csv", text("\nresults_fy,[^\n]*", "")),
    ("downloads.py {0}/{0}.csv", "another text in JSON", "{0}/{0}.json", text('"text": "69,731"', '"text": "69,732"')),
    ("downloads.py {0}/{0}.csv", "another number in JSON", "{0}/{0}.json", text('"printed": "69731"', '"printed": "69732"')),
    ("downloads.py {0}/{0}.csv", "an unknown key in JSON", "{0}/{0}.json", text('"precision"', '"precison"')),
    ("manifest.py ..", "a byte after the build", "{0}/income.html", text("</html>", "</html> ")),
    ("manifest.py ..", "a file of somebody else", "{0}/income.html", lambda path: path.with_name("more.html").write_text("more")),
    ("manifest.py ..", "another release's manifest", "{0}/manifest.json", text("[{]", "{ ")),
    ("manifest.py ..", "a dataset that changed since", "../content/{0}/release.toml", text("\n", "\n\n")),
    ("manifest.py ..", "a file of the dataset that was added since", "../content/{0}/release.toml", lambda path: path.with_name("more.toml").write_text("# more")),
    ("workbook.py {0}/{0}.xlsx", "a sum of fewer cells", "{0}/{0}.xlsx", sheet(r"<f>SUM\(([A-Z])(\d+):\1\d+\)", r"<f>SUM(\1\2:\1\2)")),
    ("workbook.py {0}/{0}.xlsx", "another number", "{0}/{0}.xlsx", sheet("<v>985</v>", "<v>986</v>")),
    ("downloads.py {0}/{0}.csv", "a lost file of a table", "{0}/tables/results_fy.json", remove),
]


def caught(project, slug, check, what, file, change):
    with tempfile.TemporaryDirectory() as folder:
        for part in ("content", "output"):
            shutil.copytree(project / part, Path(folder) / part)
        copy = Path(folder) / "output"
        if not change(copy / file.format(slug)):
            return f"error: {check}: {what} could not be planted in {file}"
        script, *arguments = check.format(slug).split()
        run = subprocess.run([sys.executable, HERE / script, *arguments], cwd=copy, capture_output=True, text=True)
        said = (run.stdout + run.stderr).strip().splitlines()
        seen = next((line for line in said if re.search("[Ee]rror|holds", line)), "")
        return f"{script}: {what}: {seen[:150]}" if run.returncode == 1 and seen and "Traceback" not in run.stderr else f"error: {script} does not see {what}: {said}"


# A check that complains of everything would catch every defect.
def sound(project, slug, check):
    script, *arguments = check.format(slug).split()
    run = subprocess.run([sys.executable, HERE / script, *arguments], cwd=project / "output", capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"error: {check} complains of what is sound: {run.stdout}{run.stderr}"]


def main(project, slug):
    complaints = [text for check in dict.fromkeys(check for check, *_ in DEFECTS) for text in sound(Path(project), slug, check)]
    results = [caught(Path(project), slug, *defect) for defect in DEFECTS]
    results += complaints
    print(*results, sep="\n")
    missed = sum(result.startswith("error") for result in results)
    print(f"{len(DEFECTS)} defects planted, {len(results) - missed} caught")
    sys.exit(1 if missed else 0)


main(*sys.argv[1:])
