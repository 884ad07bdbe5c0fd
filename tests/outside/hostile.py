"""Fills the small release that `kessan new` lays out with labels and prose that want to be more than text: markup, formulas,
text that reads from right to left, words of 10,000 characters. A site built from it must pass like any other.

    hostile.py RELEASE     where RELEASE is content/<slug>
"""

import sys
from pathlib import Path

LONG = "W" * 10_000
LABELS = {
    "Cost of sales": "<script>document.title = 'taken'</script><img src=x onerror=alert(document.domain)>",
    "Other income": '=HYPERLINK(\\"https://evil.example\\",\\"win\\")',
    "Selling, general and administrative expenses": "+cmd|' /C calc'!A",
    "Income tax expense": "@SUM(A:A)",
    "Share of profit (loss) of associates": "-x\\tand\\u00a0more",
    "Finance income": "הכנסות מימון (ברוטו)",
    "Finance costs": LONG,
    "Research and development expenses": "# *x* [x](javascript:alert()) | a | `b` ~~c~~ &lt;b&gt; </td></table>",
}
PROSE = rf"""

&lt;script&gt;document.title = 'taken'&lt;/script&gt; and \<img src=x onerror=alert()\> and {LONG} and \[x\](javascript:alert()).
"""


def main(release):
    statement = Path(release) / "statements" / "income.toml"
    text = statement.read_text(encoding="utf-8")
    for plain, hostile in LABELS.items():
        if f'label = "{plain}"' not in text:
            sys.exit(f"error: {statement} has no label {plain}")
        text = text.replace(f'label = "{plain}"', f'label = "{hostile}"')
    statement.write_text(text, encoding="utf-8")
    with (Path(release) / "02-business-review.md").open("a", encoding="utf-8") as page:
        page.write(PROSE)


main(sys.argv[1])
