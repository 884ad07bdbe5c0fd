#!/usr/bin/env bash
# Guess: /ActualText states what drawn text stands for, so text extractors return it.
# Finding: PyMuPDF and PDFium return -1,234 where (1,234) is drawn with -1,234 as its actual text. pdfminer.six,
# pdfplumber and pypdf return the drawn (1,234) from the same file.
# Why it matters: accessible releases give negatives in brackets or with △ an actual text, so that a screen reader
# speaks a minus. Such a file has two texts, and the tool decides which one a copied table holds. Both must parse as
# the same number, so the actual text should be a minus and digits.
# Reference: ISO 32000-1, 14.9.4 (replacement text); ISO 14289-1 (PDF/UA).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check \
  pikepdf==10.18.0 pymupdf==2.0 pypdfium2==5.15.2 pdfminer.six==20260107 pdfplumber==0.11.10 pypdf==7.1.1
"$work/venv/bin/python" - "$work/loss.pdf" <<'PY'
import importlib.metadata, sys
import pdfplumber, pikepdf, pymupdf, pypdf, pypdfium2
from pdfminer.high_level import extract_text

CONTENT = b"""BT /F1 12 Tf 72 700 Td /P <</MCID 0>> BDC (Net loss) Tj EMC ET
BT /F1 12 Tf 200 700 Td /Span <</MCID 1 /ActualText (-1,234)>> BDC ((1,234)) Tj EMC ET"""
pdf = pikepdf.new()
page = pdf.add_blank_page(page_size=(595, 842)).obj
font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, Encoding=pikepdf.Name.WinAnsiEncoding)
page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
page.Contents = pdf.make_stream(CONTENT)
page.StructParents = 0
root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
parts = [
    pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(kind), P=root, Pg=page, K=number))
    for number, kind in enumerate(["/P", "/Span"])
]
root.K = pikepdf.Array(parts)
root.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array(parts)])))
pdf.Root.StructTreeRoot = root
pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
pdf.Root.Lang = pikepdf.String("en")
pdf.save(sys.argv[1])

name = sys.argv[1]
with pdfplumber.open(name) as file:
    plumber = file.pages[0].extract_text()
seen = {
    "pymupdf": pymupdf.open(name)[0].get_text(),
    "pypdfium2": pypdfium2.PdfDocument(name)[0].get_textpage().get_text_range(),
    "pdfminer.six": extract_text(name),
    "pdfplumber": plumber,
    "pypdf": pypdf.PdfReader(name).pages[0].extract_text(),
}
changed = False
for package, text in seen.items():
    text = " ".join(text.split())
    print(package, importlib.metadata.version(package), text)
    changed |= ("-1,234" in text) != (package in ("pymupdf", "pypdfium2")) or ("(1,234)" in text) == ("-1,234" in text)
raise SystemExit(int(changed))
PY
