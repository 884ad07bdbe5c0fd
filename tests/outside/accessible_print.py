"""The PDF is accessible (PDF/UA-1) and archivable (PDF/A-2a, or 3a where it says so), to page-validation, an independent
reader; VeraCheck.java asks the veraPDF engine the same.

    accessible_print.py FILE...
"""

import pathlib
import re
import sys

import page

# It takes a last byte 13 of a stream's data for a part of the line end that follows it; qpdf measures the lengths.
MISREAD = {"PDFA2A-STREAM-LENGTH-001", "PDFA3A-STREAM-LENGTH-001"}
ARCHIVES = {b"2": page.ValidationProfile.PDF_A_2A, b"3": page.ValidationProfile.PDF_A_3A}


def archive(file):
    """The profile of the part of PDF/A that the file says it keeps."""
    part = re.search(rb"<pdfaid:part>(.)</pdfaid:part>", pathlib.Path(file).read_bytes())
    return ARCHIVES[part[1]]


def main(files):
    failed = False
    for file in files:
        for profile in (page.ValidationProfile.PDF_UA_1, archive(file)):
            report = page.validate_pdf(file, profile=profile)
            faults = [failure for failure in report.failures if failure.rule_id not in MISREAD]
            print(f"{file}: {profile.name}: {report.rules.passed} of {report.rules.total} rules passed, "
                  f"{len(report.failures) - len(faults)} misread")
            for fault in faults:
                print(f"error: {fault}")
            failed |= bool(faults)
    sys.exit(1 if failed or not files else 0)


main(sys.argv[1:])
