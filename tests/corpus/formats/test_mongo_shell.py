import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.mongo_shell import to_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": ObjectId("5a77")}', {"a": "5a77"}),
        ('{"a": ISODate("2018-02-04T22:15:07Z")}', {"a": {"$date": "2018-02-04T22:15:07Z"}}),
        ("{a: new Date(1517782507000)}", {"a": {"$date": 1517782507000}}),
        ('{"a": NumberInt(5), "b": NumberLong("7")}', {"a": 5, "b": 7}),
        ('{"a": NumberDecimal("1.5"), "b": Timestamp(1, 2)}', {"a": 1.5, "b": None}),
        ('{"a": BinData(0, "eA=="), "b": undefined, "c": NaN}', {"a": None, "b": None, "c": None}),
        ("{a: 'b\\'c', d_1: 'e\\n' +\n 'f', }", {"a": "b'c", "d_1": "e\nf"}),
        ("{'a': \"x: 'y', ISODate('z')\"}", {"a": "x: 'y', ISODate('z')"}),
        ('{"a": [1, 2, ], "b": true}', {"a": [1, 2], "b": True}),
    ],
)
def test_documents_become_json(text: str, value: object) -> None:
    assert json.loads(to_json(text)) == value


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_stays_what_it_is(value: object) -> None:
    assert json.loads(to_json(json.dumps(value))) == value
    assert json.loads(to_json(json.dumps(value, ensure_ascii=False, indent=1))) == value


@pytest.mark.parametrize("piece", ["'", '"', "A(", "Date(", "'a'+", "Ab(1,", "\\", "a ", "new "])
def test_time_grows_with_the_length_only(piece: str) -> None:
    started = time.process_time()
    to_json("{" + piece * 20_000)
    assert time.process_time() - started < 5
