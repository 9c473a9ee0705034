"""The JSON Schemas for editors, held against rulebooks that are good and rulebooks that are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from touchrules.language.load import parse_rulebook
from touchrules.language.nodes import plain_value
from touchrules.language.phrasing import DIRECTIONS, KINDS
from touchrules.language.schema import json_schema, schema_of_tests
from touchrules.language.source import read_source
from touchrules.model.touches import ABOUT_FIELDS, DERIVED_FIELDS, KNOWN_WORDS, TOUCH_FIELDS

ROOT = Path(__file__).parent.parent.parent
RULEBOOKS = sorted(
    path
    for path in [
        *ROOT.glob("rulebooks/**/*.rulebook.yaml"),
        *ROOT.glob("tests/golden/describe/*.rulebook.yaml"),
    ]
)
TESTS = sorted(ROOT.glob("rulebooks/**/*.tests.yaml"))
BASE = """
rulebook: small
language: 1
parameters: {cap: {type: integer, default: 3}, words: {type: phrases, default: [a]}}
facts: {known: {from: {kind: call}}}
rules:
  - id: a
    title: A
    severity: low
    when: {kind: call}
"""


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema())


def read(text: str) -> Any:
    source = read_source(text, "text")
    assert source.root is not None
    return plain_value(source.root)


def test_the_schemas_are_good_schemas_and_good_json() -> None:
    for schema in (json_schema(), schema_of_tests()):
        jsonschema.Draft202012Validator.check_schema(json.loads(json.dumps(schema)))


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: path.name)
def test_good_rulebooks_are_accepted(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(read(path.read_text("utf-8")))] == []


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_good_tests_of_rulebooks_are_accepted(path: Path) -> None:
    jsonschema.Draft202012Validator(schema_of_tests()).validate(read(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        "    where: [{count: {}, more_than: $cap, within: '${cap}', newest: $cap}]",
        "    where: [{last: {}, has: {text: {similar: 0.9}, topic: same}}]",
        "    where: [{any: []}, {not: {fact: known}}]",
        "    enabled: $cap",
        "    given: known",
        "    expect: {touch: {}, by: '${cap}bd', after: promised_at - 1h, match: {contact_id: referred_to}}",
        "    effective: {from: 2025-01-01}",
        "    unless: [known]",
    ],
)
def test_more_that_is_good_is_accepted(line: str, validator: jsonschema.Draft202012Validator) -> None:
    assert list(validator.iter_errors(read(BASE + line))) == []


@pytest.mark.parametrize(
    "line",
    [
        "    wen: {kind: call}",
        "    say: [a]",
        "    where: {count: {}, more_than: 1}",
        "    where: [{count: {}}]",
        "    where: [{count: {}, more_then: 1}]",
        "    where: [{count: {}, more_than: 1, within: a week}]",
        "    where: [{distinct: rep_id, more_than: 1}]",
        "    where: [{seen: {}, at_least: 1}]",
        "    where: [{count: {}, more_than: 1, newest: 0}]",
        "    where: [{gap: {}, less_than: 1h, newest: 2}]",
        "    where: [{count: {}, more_than: 1, in_same: year}]",
        "    where: [{count: {}, more_than: 1, per: company}]",
        "    where: [{seen: {text: {similar: 0.9}}}]",
        "    where: [{last: {}, has: {text: {similar: 90}}}]",
        "    where: [{count: {kind: null}, more_than: 1}]",
        "    where: [{count: {kind: {}}, more_than: 1}]",
        "    where: [{count: {any: {kind: call}}, more_than: 1}]",
        "    where: [{share: {}, more_than: 0.5}]",
        "    expect: {touch: {}}",
        "    effective: {to: 2025-01-01}",
        "    enabled: maybe",
        "  - {id: No_Way, title: A, severity: low, when: {}}",
        "  - {id: b, title: A, severity: urgent, when: {}}",
        "  - {id: b, severity: low, when: {}}",
        "signals: {s: {phrase: [a]}}",
        "signals: {s: {words: false}}",
        "signals: {s: {phone_prefix: from_number, first: 3}}",
        "fields: {f: {type: date}}",
        "language: 2",
        "parameters: {p: {type: choice, default: a}}",
        "parameters: {p: {type: boolean, default: 3}}",
        "parameters: {p: {type: integer}}",
        "facts: {f: {per: company}}",
        "business_hours: ['09:00']",
        "rule: []",
    ],
)
def test_typical_mistakes_are_refused(line: str, validator: jsonschema.Draft202012Validator) -> None:
    document = read(BASE) if not line.startswith(" ") else read(BASE + line)
    if not line.startswith(" "):
        document |= read(line)
    assert list(validator.iter_errors(document)) != []


def test_the_base_of_these_tests_is_a_good_rulebook() -> None:
    assert parse_rulebook(BASE).name == "small"


@pytest.mark.parametrize(
    "text",
    [
        "rulebook: a\n",
        "rulebook: a\ntests: {r: [{name: x, touches: [], find: []}]}\n",
        "rulebook: a\ntests: {r: [{name: x, touches: [], finds: [0]}]}\n",
    ],
)
def test_typical_mistakes_in_tests_are_refused(text: str) -> None:
    validator = jsonschema.Draft202012Validator(schema_of_tests())
    assert list(validator.iter_errors(YAML(typ="safe", pure=True).load(text))) != []


def test_every_field_of_a_touch_is_told_with_what_it_holds(
    validator: jsonschema.Draft202012Validator,
) -> None:
    told = validator.schema["$defs"]["filter"]["properties"]
    assert told["kind"]["description"] == "What kind of touch it was (text)."
    assert ABOUT_FIELDS.keys() == (TOUCH_FIELDS | DERIVED_FIELDS).keys()


def test_the_words_of_a_field_are_those_that_descriptions_know() -> None:
    assert KNOWN_WORDS["kind"] == tuple(KINDS)
    assert KNOWN_WORDS["direction"] == tuple(DIRECTIONS)


def test_every_key_is_described(validator: jsonschema.Draft202012Validator) -> None:
    bare = [key for key, child in properties_of(validator.schema) if "description" not in child]
    assert set(bare) <= {"title", "author", "publisher"}  # of a source, which say it themselves


def test_the_tests_of_the_labextension_have_this_schema() -> None:
    written = (ROOT / "labextension" / "test" / "rulebook.schema.json").read_text("utf-8")
    assert written == json.dumps(json_schema(), indent=2) + "\n"


def properties_of(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every key that a schema names, however deep, with what it says of it."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for child in schema.values():
            yield from properties_of(child)
    elif isinstance(schema, list):
        for child in schema:
            yield from properties_of(child)
