#!/usr/bin/env bash
# Guess: with "additionalProperties": false, the standard way to refuse unknown keys, Taplo marks the unknown key.
# Finding: it marks every key and every value of the table, and the table itself, with the same message: 11 errors for one wrong
# key in five lines. A key that is required and missing is told in the same way. With a schema that nothing meets, such as
# "additionalProperties": {"not": {}}, the value of the unknown key is marked, and nothing else.
# Why it matters: an editor underlines a whole statement of amounts for one misspelt key, and the list of problems hides which
# one. A text is also taken for a date where the schema says "format": "date", and a date for a text.
# Reference: JSON Schema draft-07, 6.5.6 additionalProperties; taplo of PyPI (the engine of Even Better TOML).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check taplo==0.9.3
cd "$work"
cat >income.toml <<'TOML'
id = "is"
unit = "EUR"
closed = "2026-03-31"
note = 2026-03-31
lable = "x"
TOML
printf '[[rule]]\ninclude = ["*.toml"]\nschema = { path = "schema.json", enabled = true }\n' >.taplo.toml
lint() {
  cat >schema.json <<JSON
{"\$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": $1, "properties": {
  "id": {"type": "string"}, "unit": {"type": "string"}, "note": {"type": "string"}, "closed": {"type": "string", "format": "date"}}}
JSON
  venv/bin/taplo lint --colors never income.toml >printed 2>&1 && echo "no error" && return
  grep '^error:' printed | sort -u
  echo "  in lines $(sed -n 's/.*income.toml:\([0-9]*\):.*/\1/p' printed | paste -sd ' ')"
}
{
  echo "false:"
  lint false
  echo "not:"
  lint '{"not": {}}'
} >seen
venv/bin/taplo --version
cat seen
diff - seen <<'TEXT'
false:
error: Additional properties are not allowed ('lable' was unexpected)
  in lines 1 1 1 2 2 3 3 4 4 5 5
not:
error: {} is not allowed for "x"
  in lines 5
TEXT
