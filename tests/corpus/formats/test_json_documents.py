import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import read_articles
from corpus.formats.json_documents import objects, read, surroundings
from tests.corpus.formats.reading_alone import articles, told

PAIR = [{"title": "a", "tags": ["x", "{"]}, {"title": 'b"}', "source": {"name": "c"}}]


@pytest.mark.parametrize("indent", [None, 0, 2])
def test_array_is_read_object_by_object(indent: int | None) -> None:
    assert [one.title for one in articles(read, json.dumps(PAIR, indent=indent).encode())] == [
        "a",
        'b"}',
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_list_in_an_object_is_read(indent: int | None) -> None:
    whole = {"status": "ok", "meta": {"title": "no"}, "articles": PAIR, "next": None}
    assert len(articles(read, json.dumps(whole, indent=indent).encode())) == 2


@pytest.mark.parametrize("indent", [None, 2])
def test_list_further_inside_is_read(indent: int | None) -> None:
    whole = {"meta": {"a": [1]}, "data": {"items": PAIR}}
    assert len(articles(read, json.dumps(whole, indent=indent).encode())) == 2


@pytest.mark.parametrize(
    ("whole", "around"),
    [
        ({"title": "a", "x": [{"b": 1}]}, b""),
        ({"x": [{"b": 1}], "title": "a"}, b""),
        ({"article": {"title": "a", "x": [{"b": 1}]}}, b""),
        ({"meta": {"title": "a"}, "x": [{"b": 1}]}, b"{["),
        ({"x": {"y": {"z": [{"title": 1}]}}}, b"{{{["),
        ({"x": ["a", "b"]}, b""),
    ],
)
def test_brackets_around_records_are_found(whole: object, around: bytes) -> None:
    assert surroundings(json.dumps(whole).encode()) == around


def test_objects_one_after_another_are_read_with_their_lines() -> None:
    content = "\n".join(json.dumps(one, indent=2) for one in PAIR).encode()
    assert told(read, content) == ["a:1 a", 'a:8 b"}']


def test_object_that_has_a_title_is_an_article_though_it_holds_a_list() -> None:
    whole = {"images": [{"src": "x"}], "title": "a"}
    assert [one.title for one in articles(read, json.dumps(whole, indent=1).encode())] == ["a"]


def test_bad_object_costs_only_itself() -> None:
    content = b'[\n {"title": "a"},\n {"title": nil},\n {"lead": "c"},\n {"title": "d"}\n]'
    assert [one[:20] for one in told(read, content)] == [
        "a:2 a",
        "a:3: not JSON: Expec",
        "a:4: title: is empty",
        "a:5 d",
    ]


def test_text_without_end_costs_its_object() -> None:
    content = b'[\n {\n  "title": "a,\n  "lead": {"x": 1}\n },\n {\n  "title": "b"\n }\n]'
    assert told(read, content) == ["a:2: damaged: a text in it does not end", "a:6 b"]


def test_object_that_the_end_cuts_off_is_reported() -> None:
    assert told(read, b'[{"title": "a"}, {"title": "b"')[1] == (
        "a:1: the file ends in the middle of this object"
    )


@pytest.mark.parametrize("content", [b"[]", b"[1, 2]", b'["a"]'])
def test_json_without_objects_is_reported(content: bytes) -> None:
    assert told(read, content) == ["a: JSON without any object in it"]


@pytest.mark.parametrize("start", [b"[" * 1000, b'[{"a":' + b"[" * 1000, b'{"a":' * 1000])
def test_deep_nesting_costs_what_follows_up_to_the_next_object(start: bytes) -> None:
    found = told(read, start + b'\n{"title": "a"}\n{"title": "b"}')
    assert found[0] == "a:1: damaged: nested too deeply"


def test_object_that_is_too_long_is_passed_over() -> None:
    content = b'[{"a": "' + b"x" * 5000 + b'"}, {"a": 1}]'
    blocks = [content[at : at + 100] for at in range(0, len(content), 100)]
    found = list(objects(blocks, b"[", longest=1000))
    assert [one.content for one in found] == [None, b'{"a": 1}']


@given(st.integers(1, 60), st.sampled_from([None, 1]))
def test_it_does_not_depend_on_where_blocks_end(size: int, indent: int | None) -> None:
    content = json.dumps([{"a": '\\"{', "b": [{}]}, {"c": "'"}, {}], indent=indent).encode()
    blocks = [content[at : at + size] for at in range(0, len(content), size)]
    assert list(objects(blocks, b"[")) == list(objects([content], b"["))
    assert len(list(objects(blocks, b"["))) == 3


@given(st.text(alphabet="{}[]\"'\\\n ,:a", max_size=60), st.sampled_from([b"", b"[", b"{["]))
def test_any_text_is_scanned(text: str, around: bytes) -> None:
    list(objects([text.encode()], around))
    surroundings(text.encode())
    told(read, text.encode())


# What MongoDB's shells print


@pytest.fixture(scope="module")
def record(shared_data: Path) -> str:
    return (shared_data / "data" / "baomoi-record.txt").read_text("utf-8")


def test_record_of_the_dump_is_whole(shared_data: Path) -> None:
    (article,) = read_articles(shared_data / "data" / "baomoi-record.txt", strict=True)
    assert article.id == "24858235"
    assert str(article.published) == "2018-02-05T05:15:07+07:00"
    assert article.source == "Thanh Niên"
    assert article.lead.startswith("Theo thống kê của Phòng CSGT (PC67")
    assert len(article.body) == 6
    assert article.body[0].startswith("Đến nay còn 5.199 trường hợp chưa đến giải quyết")
    assert article.captions == (
        "Xử lý phạt nguội qua camera giám sát tại Phòng CSGT Công an TP.Đà Nẵng - Nguyễn Tú",
    )
    assert len(article.tags) == 21
    assert not re.search(r"&\w+;|<", " ".join(article.body))


def test_records_one_after_another_are_read(record: str) -> None:
    assert len(articles(read, (record + record).encode())) == 2


def test_new_shell_prints_the_same_article(record: str) -> None:
    bare = re.sub(r'^\t"(\w+)" :', r"  \1:", record, flags=re.MULTILINE)
    new = (
        bare.replace('"Thanh Niên"', "'Thanh ' +\n    'Niên'")
        .replace('ISODate("2018-02-04T22:15:07Z")', "ISODate('2018-02-04T22:15:07.000Z')")
        .replace("24858235,", "Long('24858235'),")
        .replace("{\n", "{\n  _id: ObjectId('5a7785'),\n", 1)
    )
    assert new.count("'") >= 10
    assert articles(read, f"[\n{new}]".encode()) == articles(read, record.encode())


@pytest.mark.parametrize("indent", [None, 1])
def test_objects_by_their_ids_are_read(tmp_path: Path, indent: int | None) -> None:
    whole = {
        "x1": {"title": "Một", "images": [{"src": "a"}]},
        "x2": {"title": "Hai", "source": {"name": "Báo"}},
        "x3": {"title": "Ba", "id": "own"},
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps(whole, indent=indent), "utf-8")
    found = [(article.id, article.title) for article in read_articles(path, strict=True)]
    assert found == [("x1", "Một"), ("x2", "Hai"), ("own", "Ba")]


def keyed(damage: str, instead: str, indent: int | None) -> bytes:
    """Five objects by their ids, one to a line or indented; the third one is damaged."""
    items = [
        f'{" " * (indent or 0)}"x{n}": '
        + json.dumps({"title": f"t{n}", "tags": []}, indent=indent)
        for n in range(5)
    ]
    if indent:
        items = [item.replace("\n", "\n" + " " * indent) for item in items]
    assert damage in items[2]
    items[2] = items[2].replace(damage, instead, 1)
    return ("{\n" + ",\n".join(items) + "\n}").encode()


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("damage", "instead", "reason"),
    [
        ('"t2"', '"t2', "damaged: a text in it does not end"),
        ("}", "", "damaged: its last brace is missing"),
        ('"t2"', '"t2" ]', "not JSON"),
    ],
)
def test_damage_among_objects_by_their_ids_costs_one_of_them(
    damage: str, instead: str, reason: str, indent: int | None
) -> None:
    found = told(read, keyed(damage, instead, indent))
    assert [one.rpartition(" ")[2] for one in found if re.search(r" t\d$", one)] == [
        *("t0", "t1", "t3", "t4")
    ]
    assert reason in found[2]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_brace_too_many_among_objects_by_their_ids_costs_nothing(indent: int | None) -> None:
    found = told(read, keyed("}", "}}", indent))
    assert found.pop(3).endswith(": damaged: a bracket too many closes before this")
    assert [one[-2:] for one in found] == ["t0", "t1", "t2", "t3", "t4"]


def test_a_brace_missing_in_an_array_costs_its_object() -> None:
    content = b'[\n{"title": "a"},\n{"title": "b",\n{"title": "c"}\n]'
    assert told(read, content) == ["a:2 a", "a:3: damaged: its last brace is missing", "a:4 c"]


def test_records_that_damage_hides_in_one_line_are_not_passed_over_in_silence() -> None:
    found = told(read, b'{"x": {"title": "a"}, "y": {"title": "b", "z": {"title": "c"}}')
    assert found[2].startswith("a:1: what is around the records does not end")


def test_objects_within_an_object_are_its_own_however_it_is_indented() -> None:
    whole = {"x": {"_id": {"a": 1}, "title": "a", "more": {"b": 2}}, "y": {"title": "b"}}
    for indent in (None, 0, 1):
        found = articles(read, json.dumps(whole, indent=indent).encode())
        assert [one.title for one in found] == ["a", "b"], indent


@pytest.mark.parametrize("comment", ["/* 1 */", "/* 1 createdAt:05/02/2018, 4:15:07 */"])
def test_comments_before_documents_are_passed_over(tmp_path: Path, comment: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        f'{comment}\n{{ "_id" : ObjectId("5a77a1b2c3d4e5f6a7b8c9d0"), "title" : "Một" }}\n\n'
        f"{comment}\n{{\n    _id : ObjectId('5a77a1b2c3d4e5f6a7b8c9d1'), title : 'Hai'\n}}\n",
        "utf-8",
    )
    assert [article.title for article in read_articles(path, strict=True)] == ["Một", "Hai"]
