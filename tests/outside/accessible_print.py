"""The PDF is accessible (PDF/UA-1) and archivable (PDF/A-2a), to page-validation, an independent reader; VeraCheck.java asks
the veraPDF engine the same.

    accessible_print.py FILE...
"""

import sys

import page

# It takes a last byte 13 of a stream's data for a part of the line end that follows it; qpdf measures the lengths.
MISREAD = {"PDFA2A-STREAM-LENGTH-001"}


def main(files):
    failed = False
    for file in files:
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
            report = page.validate_pdf(file, profile=profile)
            faults = [failure for failure in report.failures if failure.rule_id not in MISREAD]
            print(f"{file}: {profile.name}: {report.rules.passed} of {report.rules.total} rules passed, "
                  f"{len(report.failures) - len(faults)} misread")
            for fault in faults:
                print(f"error: {fault}")
            failed |= bool(faults)
    sys.exit(1 if failed or not files else 0)


main(sys.argv[1:])
