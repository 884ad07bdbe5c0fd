#!/usr/bin/env bash
# Guess: a reader of inline XBRL returns no number for a fact that is nil, because nil is not zero.
# Finding: ixbrlparse returns 0 for ix:nonFraction with xsi:nil="true". It returns the same for a dash that the format
# fixed-zero turns into zero. Arelle keeps the two apart.
# Why it matters: exchange forms use both. Nil says that there is no dividend for that record date, and zero says that
# the dividend is nothing. Averages and growth rates then include values that were never reported. Check the
# attribute.
# Reference: XML Schema, xsi:nil; Inline XBRL 1.1, nonFraction; Transformation Registry 4, fixed-zero.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check arelle-release==2.47.3 ixbrlparse==0.12.0
cat >"$work/release.xsd" <<'XML'
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 targetNamespace="http://example.com/release" elementFormDefault="qualified">
<import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<element name="First" id="r_First" nillable="true" type="xbrli:decimalItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
<element name="Second" id="r_Second" nillable="true" type="xbrli:decimalItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
<element name="Third" id="r_Third" nillable="true" type="xbrli:decimalItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
</schema>
XML
cat >"$work/read.py" <<'PY'
import io, pathlib, sys
from arelle.RuntimeOptions import RuntimeOptions
from arelle.api.Session import Session
from ixbrlparse import IXBRL

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:r="http://example.com/release"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<head><title>Release</title></head><body><div style="display:none"><ix:header><ix:references>
<link:schemaRef xlink:type="simple" xlink:href="release.xsd"/></ix:references><ix:resources>
<xbrli:context id="year"><xbrli:entity><xbrli:identifier scheme="http://example.com">1</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2025-04-01</xbrli:startDate><xbrli:endDate>2026-03-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>
<p><ix:nonFraction name="r:First" contextRef="year" unitRef="pure" xsi:nil="true"/>-</p>
<p><ix:nonFraction name="r:Second" contextRef="year" unitRef="pure" decimals="2" format="ixt:fixed-zero">-</ix:nonFraction></p>
<p><ix:nonFraction name="r:Third" contextRef="year" unitRef="pure" decimals="2" format="ixt:num-dot-decimal">5.00</ix:nonFraction></p>
</body></html>"""
path = pathlib.Path(sys.argv[1]) / "release.htm"
path.write_text(PAGE, encoding="utf-8")
with Session() as session:
    session.run(RuntimeOptions(
        entrypointFile=str(path), internetConnectivity="offline", validate=True, keepOpen=True,
        logFile="logToBuffer", logFormat="%(levelname)s [%(messageCode)s]",
    ))
    arelle = ["nil" if fact.isNil else fact.value for fact in session.get_models()[0].facts]
    objections = [line for line in session.get_logs("text").splitlines() if line.startswith(("ERROR", "WARNING"))]
other = [fact.value for fact in IXBRL(io.StringIO(PAGE)).numeric]
for shown, one, two in zip(["nil", "dash as zero", "5.00"], arelle, other, strict=True):
    print(f"{shown}: Arelle {one}, ixbrlparse {two}")
print("objections:", *objections or ["none"])
PY
"$work/venv/bin/python" "$work/read.py" "$work" >"$work/seen" 2>"$work/errors" || { cat "$work/errors"; exit 1; }
echo "arelle-release 2.47.3, ixbrlparse 0.12.0:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
nil: Arelle nil, ixbrlparse 0
dash as zero: Arelle 0, ixbrlparse 0
5.00: Arelle 5, ixbrlparse 5.0
objections: none
TEXT
