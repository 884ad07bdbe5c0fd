#!/usr/bin/env bash
# Guess: ixt:num-dot-decimal (commas group, a dot is the decimal mark) rejects a text whose groups do not have three
# digits.
# Finding: separators are removed wherever they are. 12,34, a decimal comma under the wrong format, becomes 1234.
# 1,234 1, an amount and its note mark in one tag, becomes 12341. Arelle validates the file without an error or a
# warning. ixbrlparse reads the same values.
# Why it matters: a filing from a language with decimal commas is a hundred times too high, and a filing with a note
# mark inside the tag is ten times too high. Validation does not find it. Only a comparison of the tagged value with
# the shown value does.
# Reference: Inline XBRL 1.1, nonFraction; Transformation Registry 4, num-dot-decimal.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check arelle-release==2.47.3 ixbrlparse==0.12.0
cat >"$work/release.xsd" <<'XML'
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 targetNamespace="http://example.com/release" elementFormDefault="qualified">
<import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<element name="Sales" id="r_Sales" type="xbrli:decimalItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
</schema>
XML
cat >"$work/read.py" <<'PY'
import io, pathlib, sys
from arelle.RuntimeOptions import RuntimeOptions
from arelle.api.Session import Session
from ixbrlparse import IXBRL

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:r="http://example.com/release">
<head><title>Release</title></head><body><div style="display:none"><ix:header><ix:references>
<link:schemaRef xlink:type="simple" xlink:href="release.xsd"/></ix:references><ix:resources>
<xbrli:context id="year"><xbrli:entity><xbrli:identifier scheme="http://example.com">1</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2025-04-01</xbrli:startDate><xbrli:endDate>2026-03-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>
<p><ix:nonFraction name="r:Sales" contextRef="year" unitRef="pure" decimals="INF" format="ixt:num-dot-decimal">TEXT</ix:nonFraction></p>
</body></html>"""
path = pathlib.Path(sys.argv[1]) / "release.htm"
for text in ["1,234", "12,34", "1,234 1", "1,2,3,4", "(1,234)"]:
    page = PAGE.replace("TEXT", text)
    path.write_text(page, encoding="utf-8")
    with Session() as session:
        session.run(RuntimeOptions(
            entrypointFile=str(path), internetConnectivity="offline", validate=True, keepOpen=True,
            logFile="logToBuffer", logFormat="%(levelname)s [%(messageCode)s]",
        ))
        (fact,) = session.get_models()[0].facts
        objections = [line for line in session.get_logs("text").splitlines() if line.startswith(("ERROR", "WARNING"))]
        value = fact.value if fact.isNumeric and not objections else "error"
    try:
        other = int(IXBRL(io.StringIO(page)).numeric[0].value)
    except Exception:
        other = "error"
    print(f"{text}: Arelle {value}, {', '.join(objections) or 'no objection'}; ixbrlparse {other}")
PY
"$work/venv/bin/python" "$work/read.py" "$work" >"$work/seen" 2>"$work/errors" || { cat "$work/errors"; exit 1; }
echo "arelle-release 2.47.3, ixbrlparse 0.12.0:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
1,234: Arelle 1234, no objection; ixbrlparse 1234
12,34: Arelle 1234, no objection; ixbrlparse 1234
1,234 1: Arelle 12341, no objection; ixbrlparse 12341
1,2,3,4: Arelle 1234, no objection; ixbrlparse 1234
(1,234): Arelle error, ERROR [ix11.10.1.1:transformValueError]; ixbrlparse error
TEXT
