#!/usr/bin/env bash
# Guess: `pandas.read_html` makes numbers of cells that hold a number. It leaves text in cells that hold more, such as
# an amount with a raised note mark or a list of note numbers.
# Finding: pandas joins the mark to the amount and takes the comma of the list for a thousands separator, without a
# warning. 1,234 with a raised 1 becomes the integer 12341, and the notes 5,6 become 56. With † or (1) as the mark the
# column stays text.
# Why it matters: IFRS statements have a column of note numbers, and restated amounts carry a mark. The amount that is
# read is ten times the printed one. Marks that are not bare digits make the problem visible.
# Reference: HTML `sup`; the `thousands` argument of `pandas.read_html`, a comma by default.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pandas==3.1.1 lxml==6.1.3
"$work/venv/bin/python" - <<'PY'
import importlib.metadata, io
import pandas

page = """<table><thead><tr><th>Line</th><th>Notes</th><th>Digit</th><th>Dagger</th><th>Bracketed</th></tr></thead><tbody>
<tr><td>Revenue</td><td>5,6</td><td>1,234<sup>1</sup></td><td>1,234<sup>†</sup></td><td>1,234<sup>(1)</sup></td></tr>
<tr><td>Costs</td><td>7</td><td>900</td><td>900</td><td>900</td></tr></tbody></table>"""
(frame,) = pandas.read_html(io.StringIO(page), flavor="lxml")
seen = {head: list(frame[head]) for head in ["Notes", "Digit", "Dagger", "Bracketed"]}
print("pandas", importlib.metadata.version("pandas"))
print(frame.to_string())
print(seen)
raise SystemExit(seen != {
    "Notes": [56, 7], "Digit": [12341, 900], "Dagger": ["1,234†", "900"], "Bracketed": ["1,234(1)", "900"],
})
PY
