from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, read_articles
from indexer import (
    Correction,
    CorrectionKind,
    Index,
    SearchRequest,
    build_index,
    open_index,
)


@pytest.fixture(scope="module")
def index(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("real") / "index"
    build_index(
        list(islice(read_articles(shared_data / "data" / "vietnews.jsonl.zst"), 600)), folder
    )
    return open_index(folder)


def of_kind(index: Index, query: str, kind: CorrectionKind) -> list[str]:
    return [c.query for c in index.corrections(query) if c.kind is kind]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khỡi tố", "khởi tố"),
        ("cơ quang điều tra", "cơ quan điều tra"),
        ("ngiêm trọng", "nghiêm trọng"),
        ("đối tượgn", "đối tượng"),
        ("xét sử", "xét xử"),
        ("củủa bị cáo", "của bị cáo"),
        ("ngườời dân", "người dân"),
        ("cơ quan điều tr", "cơ quan điều tra"),
        ("bị cáo khi nhn", "bị cáo khi nhận"),
        ("cây xnăg", "cây xăng"),
        ("cong an huyenn", "công an huyện"),
        ("benh vienn", "bệnh viện"),
        ("duogn bo", "đường bộ"),
        ("công an huyenn", "công an huyện"),
        ("ddối tượng", "đối tượng"),
        ("moi chuong", "môi trường"),
        ("co quang dieu tra", "cơ quan điều tra"),
        ("dieu cha", "điều tra"),
        ("bi cao khia nhan", "bị cáo khai nhận"),
        ("Cong An Huyenn", "Công An Huyện"),
    ],
)
def test_a_slip_is_corrected_first(index: Index, typed: str, meant: str) -> None:
    assert of_kind(index, typed, CorrectionKind.SPELLING)[:1] == [meant]


def test_case_and_signs_of_a_query_stay(index: Index) -> None:
    assert of_kind(index, '"Khỡi tố"!', CorrectionKind.SPELLING) == ['"Khởi tố"!']


@pytest.mark.parametrize(
    "query",
    [
        *("khởi tố", "điều tra", "công an", "Hà Nội", "khoi to", "dieu tra", "cong an ha noi"),
        *("bị cáo Hà Nội", "bi cao ha noi", "cong an viet nam", "nguoi dan khoi to"),
    ],
)
def test_what_is_right_is_not_corrected(index: Index, query: str) -> None:
    assert of_kind(index, query, CorrectionKind.SPELLING) == []


@pytest.mark.parametrize("query", ["duong s*", "đường x?t", "-duong xắt*", '"duong xat" a*'])
def test_a_query_that_leaves_letters_open_is_not_corrected(index: Index, query: str) -> None:
    assert list(index.corrections(query)) == []


@pytest.mark.parametrize("query", ["", "...", "12 345", "x" * 50])
def test_nothing_is_offered_where_nothing_can_be_meant(index: Index, query: str) -> None:
    if not query.strip(".x "):
        assert list(index.corrections(query)) == []
    else:
        assert all(correction.count for correction in index.corrections(query))


@given(query=st.text('aăâbcdđeêghiklmnoôơprstuưvy áạ"', min_size=1, max_size=14))
def test_every_correction_finds_as_many_articles_as_it_says(index: Index, query: str) -> None:
    for correction in index.corrections(query):
        assert correction.count > 0
        assert index.search(SearchRequest(correction.query)).total == correction.count


def test_readings_of_a_bare_query_come_with_their_counts(index: Index) -> None:
    first, *_ = index.corrections("khoi to")
    total = index.search(SearchRequest("khởi tố")).total
    assert first == Correction("khởi tố", CorrectionKind.READING, total)


def test_readings_are_at_most_five(index: Index) -> None:
    assert 1 < len(of_kind(index, "cong", CorrectionKind.READING)) <= 5


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tooij phamj", "tội phạm"),
        ("to65i pha5m", "tội phạm"),
        ("Tooij Phamj", "Tội Phạm"),
        ("TOOIJ PHAMJ", "TỘI PHẠM"),
        ("TO65I PHA5M", "TỘI PHẠM"),
        ('"tooij phamj"', '"tội phạm"'),
        ("(tooij phamj), 2018!", "(tội phạm), 2018!"),
        ("+tooij -phamj", "+tội -phạm"),
    ],
)
def test_keys_of_an_input_method_are_read_where_nothing_matches_and_only_offered(
    index: Index, typed: str, meant: str
) -> None:
    assert of_kind(index, typed, CorrectionKind.INPUT_METHOD) == [meant]
    assert index.search(SearchRequest(typed, match="all")).total == 0


def test_a_query_whose_marks_are_nowhere_is_offered_without_them(tmp_path: Path) -> None:
    build_index([Article(id="1", title="Đường phố đêm")], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert "duong dem" in of_kind(index, "đướng đệm", CorrectionKind.MARKS)


@pytest.mark.parametrize("query", ["công an AND", "tiêu-đề:khỡi", "khỡ*"])
def test_operators_fields_and_patterns_are_left_alone(index: Index, query: str) -> None:
    for correction in index.corrections(query):
        assert ("AND" in correction.query) == ("AND" in query)
        assert ("tiêu-đề:" in correction.query) == ("tiêu-đề:" in query)


@pytest.mark.parametrize("query", ["UBND", "+UBND", "khởi tố", "TP.HCM", "csgt OR ubnd"])
def test_no_correction_is_the_query_itself(index: Index, query: str) -> None:
    assert query not in [correction.query for correction in index.corrections(query)]
