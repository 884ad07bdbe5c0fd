#!/usr/bin/env bash
# Guess: a workbook saved as .xlsx keeps every whole number that binary floating point holds exactly, up to 2^53.
# Finding: LibreOffice 7.4 writes 15 digits, so 1234567890123456 becomes 1234567890123460. Saved as .ods, all digits stay.
# Why it matters: amounts of a central bank or a state fund have 16 digits. A ledger that was once saved has other amounts,
# each of which is a whole number and looks right.
# Reference: ECMA-376-1, 18.3.1.96 (v); OpenDocument 1.3 part 3, 19.389 (office:value is a double).
set -euo pipefail
if ! command -v soffice >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5
cat >"$work/write.py" <<'PY'
import sys, openpyxl
book = openpyxl.Workbook()
for value in [123456789012345, 1234567890123456, 2**53 - 1]:
    book.active.append([value])
book.save(sys.argv[1])
PY
"$work/venv/bin/python" "$work/write.py" "$work/amounts.xlsx"
for form in ods xlsx; do
  soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to "$form" --outdir "$work/$form" "$work/amounts.xlsx" >/dev/null 2>&1
done
cat >"$work/read.py" <<'PY'
import re, sys, zipfile
ods = zipfile.ZipFile(f"{sys.argv[1]}/ods/amounts.ods").read("content.xml").decode()
xlsx = zipfile.ZipFile(f"{sys.argv[1]}/xlsx/amounts.xlsx").read("xl/worksheets/sheet1.xml").decode()
print("ods: ", *re.findall(r'office:value="([^"]*)"', ods))
print("xlsx:", *re.findall(r"<v>([^<]*)</v>", xlsx))
PY
"$work/venv/bin/python" "$work/read.py" "$work" >"$work/seen"
soffice --version 2>/dev/null | cut -d' ' -f1,2
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
ods:  123456789012345 1234567890123456 9007199254740991
xlsx: 123456789012345 1234567890123460 9007199254740990
TEXT
