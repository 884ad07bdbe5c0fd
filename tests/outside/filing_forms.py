"""Writes the tables of an exchange's forms (templates/filing/*.toml) from its taxonomy.

    python3 filing_forms.py TAXONOMY templates/filing

TAXONOMY is the folder of the taxonomy of the Tokyo Stock Exchange's summaries, which has the schemas of its entry points. Only
names, types, periods and the order of elements are taken: facts that a filing has to repeat. The forms of summaries and those of
revisions, which few releases are, have a table each, so that only one has to be read.
"""

import re
import sys
import textwrap
import xml.etree.ElementTree as ElementTree
from pathlib import Path

LINK, XLINK = "{http://www.xbrl.org/2003/linkbase}", "{http://www.w3.org/1999/xlink}"
INSTANCE, DIMENSIONS = "{http://www.xbrl.org/2003/instance}", "{http://xbrl.org/2005/xbrldt}"
SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
ROLE = "http://www.xbrl.tdnet.info/jp/tse/tdnet/role/Role_std_"

# The kinds of facts, by the types of the taxonomy.
KINDS = {
    "monetaryItemType": "money",
    "percentage1ItemType": "percent",
    "percentage2ItemType": "percent",
    "pureItemType": "number",
    "decimalItemType": "number",
    "perUnitItemType": "per_unit",
    "perShareItemType": "per_share",
    "sharesItemType": "shares",
    "nonNegativeIntegerItemType": "count",
    "numberOfCompaniesItemType": "count",
    "unitItemType": "count",
    "stringItemType": "text",
    "anyURIItemType": "address",
    "dateItemType": "date",
    "booleanItemType": "yes_no",
    "gMonthDayItemType": "month_day",
}

# The day on which a dividend was forecast before: of the year, not of one of its quarters.
PREVIOUS = ["PreviousReportingDateOfDividendForecast"]

# What the letters of a form's name say, and how many months its period has.
PERIODS = {"a": "the year", "q": "a quarter", "s": "the half year"}
MONTHS = {"a": [12], "q": [3, 6, 9], "s": [6]}
ISSUERS = {"c": "consolidated", "n": "not consolidated"}
# What the figures of a form are of, where parts for both have a concept.
ISSUER_MEMBERS = {"c": "ConsolidatedMember", "n": "NonConsolidatedMember"}
REVISIONS = {"rvfc": "a revision of forecasts of results", "rvdf": "a revision of the forecast of dividends"}
STANDARDS = {"jp": "Japanese GAAP", "if": "IFRS", "us": "US GAAP"}


def local(name):
    return name.split(":")[-1]


def concepts(schema):
    """The concepts that can be reported, by name: kind and period."""
    found = {}
    for element in ElementTree.parse(schema).getroot().iter(SCHEMA + "element"):
        is_item = element.get("substitutionGroup") == "xbrli:item"
        kind = local(element.get("type"))
        if is_item and element.get("abstract") != "true" and kind != "domainItemType":
            found[element.get("name")] = (KINDS[kind], element.get(INSTANCE + "periodType"))
    return found


def links(path):
    """The definition links of a form: role, axes with their members, and the tree of its items as indented lines."""
    for link in ElementTree.parse(path).getroot().iter(LINK + "definitionLink"):
        located = {
            locator.get(XLINK + "label"): locator.get(XLINK + "href").split("#")[1].split("_", 1)[1]
            for locator in link.iter(LINK + "loc")
        }
        children = {}
        for arc in link.iter(LINK + "definitionArc"):
            kind = arc.get(XLINK + "arcrole").rsplit("/", 1)[1]
            if kind == "all":
                assert (arc.get(DIMENSIONS + "contextElement"), arc.get(DIMENSIONS + "closed")) == ("scenario", "true")
            ends = [located[arc.get(XLINK + end)] for end in ("from", "to")]
            children.setdefault((kind, ends[0]), []).append((float(arc.get("order")), ends[1]))

        def of(kind, parent):
            return [name for _, name in sorted(children.get((kind, parent), []))]

        def tree(parent, depth):
            for name in of("domain-member", parent):
                yield " " * depth + name
                yield from tree(name, depth + 1)

        role = link.get(XLINK + "role").removeprefix(ROLE)
        (heading,) = {parent for (kind, parent) in children if kind == "all"} or {None}
        if heading is None:
            roots = {parent for _, parent in children} - {name for many in children.values() for _, name in many}
            (heading,) = roots
        tables = of("all", heading)
        assert len(tables) <= 1, tables
        axes = [(axis, of("dimension-domain", axis)) for table in tables for axis in of("hypercube-dimension", table)]
        lines = list(tree(heading, 0))
        yield role, heading, tables[0] if tables else None, axes, tuple(lines)


def dividend_concepts(shared, known):
    """The concepts of the roles of dividends."""
    return {line.strip() for (role, *_, lines) in shared if "Dividends" in role for line in lines} & set(known)


def annual_dividend_concepts(shared, known):
    """Those that are of the whole year."""
    return sorted(name for name in dividend_concepts(shared, known) if name.startswith(("TotalDividendPaid", "PayoutRatio", "RatioOfTotalAmountOfDividends")))


def title(form):
    """What a form is: `acedjpsm` is of the year (`a`), consolidated (`c`), under Japanese GAAP (`jp`)."""
    laid_out = ", as laid out since 2024" if form.endswith("sy") else ""
    return f"{PERIODS[form[0]]}{laid_out}, {ISSUERS[form[1]]}, {STANDARDS[form[4:6]]}"


def toml_list(names):
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def form_section(form):
    """A form with the path of its namespace, the parts of its name, which a revision has none of; what it is; and the members of its figures."""
    if is_revision(form):
        return f'[form.{form}]\npath = "{form}"\nfolder = ""\ntitle = "{REVISIONS[form]}"'
    members = toml_list([ISSUER_MEMBERS[form[1]]])
    return f'[form.{form}]\npath = "{form[:2]}/{form[2:6]}/{form[6:]}"\ntitle = "{title(form)}"\nmonths = {MONTHS[form[0]]}\nmembers = {members}'


def is_revision(form):
    return form.startswith("rv")


def member_section(shared, known):
    """What several members of an axis could be, and by convention is one of them."""
    annual = annual_dividend_concepts(shared, known)
    ratios = [name for name in annual if not name.startswith("Total")]
    dividends = sorted(dividend_concepts(shared, known) - set(ratios))
    dated = sorted(name for name in PREVIOUS if name in used_concepts(shared, known))
    members = {"AnnualMember": annual + dated, "ConsolidatedMember": ratios, "NonConsolidatedMember": dividends, "PreviousMember": dated}
    lines = [f"{member} = {toml_list(names)}" for member, names in members.items() if names]
    return "\n# What several members of an axis could be, and by convention is one of them.\n[member]\n" + "\n".join(lines)


def used_concepts(shared, known):
    return {line.strip() for (*_, lines) in shared for line in lines} & set(known)


def table(shared, known, version):
    """The text of a table of the forms that `shared` has, each link with its forms."""
    out = [HEAD.replace("VERSION", version).strip(), member_section(shared, known)]
    out += ["\n" + form_section(form) for form in sorted({form for forms in shared.values() for form in forms})]
    by_kind = {}
    for name in sorted(used_concepts(shared, known)):
        by_kind.setdefault(known[name], []).append(name)
    for (kind, period), names in sorted(by_kind.items()):
        out.append(f'\n[[concepts]]\nkind = "{kind}"\nperiod = "{period}"\nnames = """')
        out.append("\n".join(textwrap.wrap(" ".join(names), 128, break_long_words=False)) + '"""')
    for (role, heading, cube, axes, lines), forms in shared.items():
        out.append(f'\n[[link]]\nrole = "{role}"\nforms = {toml_list(forms)}\nheading = "{heading}"')
        if cube:
            out.append(f'table = "{cube}"')
            out.append("axes = [" + ", ".join(f'{{ name = "{axis}", members = {toml_list(members)} }}' for axis, members in axes) + "]")
        out.append('items = """\n' + "\n".join(lines) + '"""')
    return "\n".join(out) + "\n"


def main(taxonomy, folder):
    (schema,) = taxonomy.glob("taxonomy/**/tse-ed-t-*.xsd")
    version = re.search(r"\d{4}-\d\d-\d\d", schema.name)[0]
    known = concepts(schema)
    tables = {"tse-ed.toml": {}, "tse-ed-revisions.toml": {}}
    for path in sorted(taxonomy.glob("taxonomy/**/tse-*-def.xml")):
        form = path.name.split("-")[1]
        shared = tables["tse-ed-revisions.toml" if is_revision(form) else "tse-ed.toml"]
        for role, heading, cube, axes, lines in links(path):
            key = (role, heading, cube, tuple((axis, tuple(members)) for axis, members in axes), lines)
            shared.setdefault(key, []).append(form)
    for name, shared in tables.items():
        (folder / name).write_text(table(shared, known, version))


HEAD = '''
# Forms that the Tokyo Stock Exchange takes as inline XBRL: names, types and order of the elements of its taxonomy, written by
# tests/outside/filing_forms.py. The taxonomy itself, with its labels, is no part of the program.

[taxonomy]
concepts = { prefix = "tse-ed-t", namespace = "http://www.xbrl.tdnet.info/taxonomy/jp/tse/tdnet/ed/t/VERSION", schema = "tse-ed-t-VERSION.xsd" }
roles = { prefix = "tse-ed-rt", namespace = "http://www.xbrl.tdnet.info/taxonomy/jp/tse/tdnet/ed/o/rt/VERSION", schema = "tse-ed-rt-VERSION.xsd" }
role = "http://www.xbrl.tdnet.info/jp/tse/tdnet/role/Role_std_"
labels = ["tse-ed-t-VERSION-lab.xml", "tse-ed-t-VERSION-lab-en.xml"]
# The prefix of the concept of the growth of another.
change = "ChangeIn"

# Names of files and addresses: {form}, {path} and {code}, {number}, {date} of the filing.
[files]
folder = "XBRLData/Summary"
name = "tse-{form}-{code}0-{number}"
number = "{date}{code}20"
namespace = "http://www.xbrl.tdnet.info/jp/tse/tdnet/{path}/{code}0/{number}"
entity_scheme = "http://www.tse.or.jp/sicc"
entity = "{code}0"
code_length = 4

[unit]
money = "{currency}"
per_share = "{currency}PerShares"
shares = "Shares"
number = "Pure"

# The name of a context: year, part of it, whether it lasts, then the members in the order of these axes.
[context]
years = ["Prior", "Current", "Next"]
parts = { 3 = "AccumulatedQ1", 6 = "AccumulatedQ2", 9 = "AccumulatedQ3", 12 = "Year" }
duration = "Duration"
instant = "Instant"
axes = ["AnnualDividendPaymentScheduleAxis", "ConsolidatedNonconsolidatedAxis", "PreviousCurrentAxis", "ResultForecastAxis"]

[forecast]
axis = "ResultForecastAxis"
result = "ResultMember"
forecast = "ForecastMember"
lower = "LowerMember"
upper = "UpperMember"

# The axis of forms that revise forecasts: what was published before, and what is published now.
[revision]
axis = "PreviousCurrentAxis"
previous = "PreviousMember"
current = "CurrentMember"

# What the release says itself.
[derived]
FilingDate = "date"
ReportingDateOfFinancialForecastCorrection = "date"
ReportingDateOfDividendForecastCorrection = "date"
CompanyName = "issuer"
SecuritiesCode = "code"
DocumentName = "title"
NoteToFractionProcessingMethod = "rounding"

# Without these, as far as it has them, the head of a form is incomplete.
[required]
concepts = ["DocumentName", "FilingDate", "ReportingDateOfFinancialForecastCorrection", "ReportingDateOfDividendForecastCorrection", "CompanyName", "SecuritiesCode", "TitleRepresentative", "NameRepresentative", "TitleInquiries", "NameInquiries", "Tel"]
'''

if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
