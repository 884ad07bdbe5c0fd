#!/usr/bin/env bash
# Guess: a total rounded half-up agrees with its parts. 1.5 and 1.0 million add up to 2.5, and a total in whole
# millions is 3.
# Finding: under Calculations 1.0 Arelle rounds the sum of the parts half to even. A total of 3 is inconsistent, and a
# total of 2, which nobody prints, is consistent. 1.5 + 2.0 = 3.5 accepts the usual 4. Calculations 1.1 accepts 2 and
# 3. Without --calc nothing is checked, not even a total of 99.
# Why it matters: half of all exact halves make a correct release inconsistent, and a wrong total passes. The case
# needs a total that is coarser than its parts, so tests with whole millions do not show it.
# Reference: XBRL 2.1, 5.2.5.2 (calcInconsistency); Calculations 1.1, round-to-nearest.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check arelle-release==2.47.3
cat >"$work/release.xsd" <<'XML'
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 targetNamespace="http://example.com/release" elementFormDefault="qualified">
<annotation><appinfo><link:linkbaseRef xlink:type="simple" xlink:href="release-cal.xml"
 xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"
 xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></appinfo></annotation>
<import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<element name="Goods" id="r_Goods" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
<element name="Services" id="r_Services" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
<element name="Sales" id="r_Sales" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
</schema>
XML
cat >"$work/release-cal.xml" <<'XML'
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
<link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
<link:loc xlink:type="locator" xlink:href="release.xsd#r_Sales" xlink:label="Sales"/>
<link:loc xlink:type="locator" xlink:href="release.xsd#r_Goods" xlink:label="Goods"/>
<link:loc xlink:type="locator" xlink:href="release.xsd#r_Services" xlink:label="Services"/>
<link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"
 xlink:from="Sales" xlink:to="Goods" weight="1" order="1"/>
<link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"
 xlink:from="Sales" xlink:to="Services" weight="1" order="2"/>
</link:calculationLink></link:linkbase>
XML
cat >"$work/check.py" <<'PY'
import pathlib, sys
from arelle.RuntimeOptions import RuntimeOptions
from arelle.api.Session import Session

INSTANCE = """<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:r="http://example.com/release">
<link:schemaRef xlink:type="simple" xlink:href="release.xsd"/>
<xbrli:context id="year"><xbrli:entity><xbrli:identifier scheme="http://example.com">1</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2025-04-01</xbrli:startDate><xbrli:endDate>2026-03-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="yen"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit>
<r:Goods contextRef="year" unitRef="yen" decimals="-5">{goods}00000</r:Goods>
<r:Services contextRef="year" unitRef="yen" decimals="-5">{services}00000</r:Services>
<r:Sales contextRef="year" unitRef="yen" decimals="-6">{total}000000</r:Sales>
</xbrli:xbrl>"""
path = pathlib.Path(sys.argv[1]) / "release.xml"
for goods, services, total in [(15, 10, 3), (15, 10, 2), (15, 20, 4), (15, 20, 3), (15, 10, 99)]:
    path.write_text(INSTANCE.format(goods=goods, services=services, total=total), encoding="utf-8")
    verdicts = []
    for mode in ["none", "c10", "c11r"]:
        with Session() as session:
            session.run(RuntimeOptions(
                entrypointFile=str(path), internetConnectivity="offline", validate=True, keepOpen=True, calcs=mode,
                logFile="logToBuffer", logFormat="%(levelname)s [%(messageCode)s]",
            ))
            verdicts.append(f"{mode} {'inconsistent' if 'nconsisten' in session.get_logs('text') else 'agrees'}")
    print(f"{goods / 10} + {services / 10} = {total}:", ", ".join(verdicts))
PY
"$work/venv/bin/python" "$work/check.py" "$work" >"$work/seen" 2>"$work/errors" || { cat "$work/errors"; exit 1; }
echo "arelle-release 2.47.3, --calc:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
1.5 + 1.0 = 3: none agrees, c10 inconsistent, c11r agrees
1.5 + 1.0 = 2: none agrees, c10 agrees, c11r agrees
1.5 + 2.0 = 4: none agrees, c10 agrees, c11r agrees
1.5 + 2.0 = 3: none agrees, c10 inconsistent, c11r agrees
1.5 + 1.0 = 99: none agrees, c10 inconsistent, c11r inconsistent
TEXT
