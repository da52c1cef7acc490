import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Record, SkippedRecord
from corpus.formats import json_lines
from corpus.formats.source import Source
from corpus.records import Origin
from corpus.streams import MAX_LINE

PATH = Path("a.jsonl")


def read(content: bytes) -> list[Record | SkippedRecord]:
    return list(json_lines.read(Source(Origin(PATH), [content])))


def reasons(content: bytes) -> list[str]:
    return [str(outcome) for outcome in read(content) if isinstance(outcome, SkippedRecord)]


def test_each_line_is_an_article_with_its_place() -> None:
    assert read(b'{"title": "a"}\n{"title": "b"}') == [
        Record(Article(title="a"), PATH, 1),
        Record(Article(title="b"), PATH, 2),
    ]


def test_byte_order_mark_carriage_returns_and_blank_lines_do_not_matter() -> None:
    outcomes = read(b'\xef\xbb\xbf{"title": "a"}\r\n\r\n  \n{"title": "b"}\r\n')
    assert [outcome.line for outcome in outcomes] == [1, 4]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "a.jsonl:1: not JSON: Expecting property name"),
        (b"[]", "a.jsonl:1: not a JSON object"),
        (b'"x"', "a.jsonl:1: not a JSON object"),
        (b"{}", "a.jsonl:1: title: is empty"),
        (b'{"title": "a", "body": 5}', "a.jsonl:1: body: must be a list of texts"),
        (b'{"title": "a", "x": NaN}', "a.jsonl:1: not JSON: NaN is no JSON value"),
        (b'{"title": "\xe1"}', "a.jsonl:1: not UTF-8: byte 0xE1 at position 11"),
        (b'{"title": "\\ud83d"}', "a.jsonl:1: title: has half a character"),
        (b'{"x": ' + b"9" * 5000 + b"}", "a.jsonl:1: not JSON: a number of 5000 digits"),
        (b'{"title": "a\tb"}', "a.jsonl:1: not JSON: Invalid control character at column 13"),
        (b'{"title": "a", "id": true}', "a.jsonl:1: id: must be a text or a whole number"),
        (b'{"title": "a", "id": ["x"]}', "a.jsonl:1: id: must be a text or a whole number"),
        (b'{"x": ' + b"[" * 200_000, "a.jsonl:1: not an article: nested too deeply"),
        (b'{"a": "' + b"x" * MAX_LINE + b'"}', "a.jsonl:1: longer than 32 MiB"),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes) else value[11:30],
)
def test_bad_record_costs_only_itself(line: bytes, reason: str) -> None:
    outcomes = read(line + b'\n{"title": "b"}\n')
    assert str(outcomes[0]).startswith(reason)
    assert outcomes[1:] == [Record(Article(title="b"), PATH, 2)]


def test_last_of_repeated_keys_counts() -> None:
    assert read(b'{"title": "a", "title": "b"}') == [Record(Article(title="b"), PATH, 1)]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
field_names = st.sampled_from(["id", "title", "body", "url", "published", "tags", "author"])


@given(st.dictionaries(field_names, json_values))
def test_any_object_is_an_article_or_is_skipped(record: dict[str, object]) -> None:
    assert len(read(json.dumps(record).encode())) == 1


@given(st.binary())
def test_any_bytes_are_read_without_a_crash(content: bytes) -> None:
    read(content)
