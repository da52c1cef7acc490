"""What typed queries find in a small real index, and what is said about them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import Article, PublicationDate
from indexer import Index, QueryError, SearchRequest, SearchResult, build_index, open_index


def day(text: str) -> PublicationDate:
    return PublicationDate.parse(text)


ARTICLES = (
    Article(
        id="street",
        title="Đường phố Hà Nội",
        body=("Xe máy đông trên đường phố.",),
        source="Tuổi Trẻ",
        section="Đời sống",
        published=day("2021-04-01"),
    ),
    Article(
        id="sugar",
        title="Giá đường tăng",
        body=("Ông Dương bán đường ở phố Huế, giá 3,5 tỉ.",),
        source="VnExpress",
        section="kinh-te",
        published=day("2021-04-08"),
    ),
    Article(
        id="sewing",
        title="Công ty may Hòa Bình",
        body=("Công ty may thuê anh Hoàng. Máy của công ty mới.",),
        source="Tuổi Trẻ",
        section="kinh-te",
        published=day("2020"),
    ),
    Article(
        id="machines",
        title="Công ty máy Hoà Phát",
        body=("Việt Nam viết tiếp chuyện máy cày.",),
        source="Báo Tuổi Trẻ Online",
        authors=("Lê Vy",),
        tags=("máy móc", "nông nghiệp"),
    ),
    Article(
        id="committee",
        title="UBND TP.HCM họp",
        lead="Sở GD&ĐT báo cáo.",
        body=("Covid-19 lan rộng.",),
        captions=("Ảnh chụp ở trường",),
        published=day("2021-05"),
    ),
    Article(
        id="people",
        title="Ủy ban nhân dân Thành phố Hồ Chí Minh",
        body=("Sở Giáo dục và Đào tạo vì nhân dân.",),
        published=day("2019-12-31"),
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("language") / "index"
    build_index(ARTICLES, path)
    return path


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder) as opened:
        yield opened


def ask(index: Index, query: str, **options: Any) -> SearchResult:
    return index.search(SearchRequest(query, **options))


def ids(index: Index, query: str, **options: Any) -> set[str]:
    result = ask(index, query, **options)
    found = {hit.id for hit in result.hits}
    assert result.total == len(result.hits) == len(found)
    return found


def codes(result: SearchResult) -> list[str]:
    return [notice.code for notice in result.notices]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # marks
        ("đường", {"street", "sugar"}),
        ("dương", {"sugar"}),
        ("duong", {"street", "sugar"}),
        ("công ty may", {"sewing"}),
        ("công ty máy", {"sewing", "machines"}),
        ("cong ty may", {"sewing", "machines"}),
        ("công ty viêt", {"machines"}),
        ("hoà", {"sewing", "machines"}),
        ("HÒA", {"sewing", "machines"}),
        ("hoa\u0300", {"sewing", "machines"}),
        ("tỷ", {"sugar"}),
        ("Ðường phố", {"street", "sugar"}),
        # phrases
        ('"đường phố"', {"street"}),
        ('"duong pho"', {"street"}),
        ('"bán phố"~2', {"sugar"}),
        ('"bán phố"~1', set()),
        ('"phố bán"~2', set()),
        ('giá "bán đường"', {"sugar"}),
        ('"phố Hà" Nội', {"street"}),
        # nearness
        ("phố NEAR/3 bán", {"sugar"}),
        ("phố NEAR/2 bán", set()),
        ('"xe máy" GẦN/3 đường', {"street"}),
        # operators
        ("đường AND giá", {"sugar"}),
        ("đường VÀ giá", {"sugar"}),
        ("giá OR máy", {"sugar", "street", "sewing", "machines"}),
        ("giá HOẶC máy", {"sugar", "street", "sewing", "machines"}),
        ("đường NOT giá", {"street"}),
        ("đường KHÔNG giá", {"street"}),
        ("đường -giá", {"street"}),
        ('đường -"phố Huế"', {"street"}),
        ("+giá đường phố", {"sugar"}),
        ("(giá OR xe) AND phố", {"street", "sugar"}),
        ("-đường", {"sewing", "machines", "committee", "people"}),
        ("-đường -máy", {"committee", "people"}),
        ("ĐƯỜNG VÀ GIÁ", set()),
        # text fields
        ("tiêu-đề:đường", {"street", "sugar"}),
        ("tiêu-đề:phố", {"street", "people"}),
        ("title:pho", {"street", "people"}),
        ("tieu-de:duong", {"street", "sugar"}),
        ('title:"công ty may"', {"sewing"}),
        ("sapo:báo", {"committee"}),
        ("chú-thích:trường", {"committee"}),
        ("nội-dung:xe", {"street"}),
        ("title:(giá OR UBND)", {"sugar", "committee", "people"}),
        # abbreviations in parts that bind
        ("+UBND", {"committee", "people"}),
        ("+ubnd -họp", {"people"}),
        ("title:UBND", {"committee", "people"}),
        ("title:(ủy ban nhân dân)", {"committee", "people"}),
        ("UBND AND Chí", {"people"}),
        ("ủy ban nhân dân OR cày", {"committee", "people", "machines"}),
        ("sapo:UBND", set()),
        ("-UBND công", {"sewing", "machines"}),
        ("-UBND -đường -máy", {"people"}),
        ('"UBND"', {"committee"}),
        ("UBND NEAR/5 họp", {"committee"}),
        ("UBN*", {"committee"}),
        ("đường -title:giá", {"street"}),
        # facets
        ("nguồn:tuoitre", {"street", "sewing"}),
        ('nguồn:"Tuổi Trẻ"', {"street", "sewing"}),
        ("source:vnexpress", {"sugar"}),
        ("nguồn:trẻ", {"street", "sewing", "machines"}),
        ("nguồn:*online", {"machines"}),
        ("mục:kinh-tế", {"sugar", "sewing"}),
        ("muc:doi-song", {"street"}),
        ("tác-giả:(Lê Vy)", {"machines"}),
        ("thẻ:nông-nghiệp", {"machines"}),
        ("máy nguồn:(VnExpress OR tuổi-trẻ)", {"street", "sewing"}),
        ("-nguồn:tuoitre -nguồn:vnexpress", {"machines", "committee", "people"}),
        # dates
        ("ngày:2021-04", {"street", "sugar"}),
        ("ngày:2021", {"street", "sugar", "committee"}),
        ("ngày:01/04/2021..07/04/2021", {"street"}),
        ("từ:2021-05", {"committee"}),
        ("đến:2020", {"sewing", "people"}),
        ("date:05/2020", {"sewing"}),
        # patterns
        ("hoà*", {"sewing", "machines"}),
        ("hoàn*", {"sewing"}),
        ("m?y cày", {"machines"}),
        ("covid*", {"committee"}),
        # abbreviations
        ("UBND", {"committee", "people"}),
        ("ủy ban nhân dân", {"committee", "people"}),
        ("uy ban nhan dan", {"committee", "people"}),
        ("TP.HCM", {"committee", "people"}),
        ("tphcm", {"committee", "people"}),
        ("Tp. HCM", {"committee", "people"}),
        ("thanh pho ho chi minh", {"committee", "people"}),
        ("GD&ĐT", {"committee", "people"}),
        ("gd&dt", {"committee", "people"}),
        ("giáo dục và đào tạo", {"committee", "people"}),
        # names
        ("Covid-19", {"committee"}),
        ("3,5", {"sugar"}),
        ("5,3", set()),
        # the same word twice
        ("phố phố", {"street", "sugar", "people"}),
        ("PHỐ phố Phố", {"street", "sugar", "people"}),
    ],
)
def test_query_finds(index: Index, query: str, found: set[str]) -> None:
    assert ids(index, query, match="all") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("UBND", {"committee"}),
        ("ủy ban nhân dân", {"people"}),
        ("TP.HCM", {"committee"}),
        ("GD&ĐT", {"committee"}),
    ],
)
def test_abbreviations_can_be_left_out(index: Index, query: str, found: set[str]) -> None:
    result = ask(index, query, abbreviations=False)
    assert {hit.id for hit in result.hits} == found
    assert codes(result) == []


def test_form_as_typed_ranks_above_the_other_one(index: Index) -> None:
    for typed, first in (("UBND", "committee"), ("TP.HCM", "committee")):
        assert ask(index, typed).hits[0].id == first
    assert ask(index, "ủy ban nhân dân").hits[0].id == "people"


def test_user_may_add_abbreviations(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("CTM\tcông ty may\n", "utf-8")
    with open_index(folder, abbreviations=own) as index:
        assert ids(index, "CTM") == {"sewing"}
        assert ids(index, "UBND") == {"committee", "people"}


@pytest.mark.parametrize(
    ("query", "code", "part"),
    [
        ("công ty viêt", "completed", "viêt"),
        ("UBND họp", "abbreviated", "UBND"),
        ("họp Ủy ban nhân dân", "abbreviated", "Ủy ban nhân dân"),
        ('đường "nội hà"', "phrase_nowhere", '"nội hà"'),
        ("đường nguồn:tuổi-già", "no_value", "tuổi-già"),
        ("đường (phố", "unclosed_parenthesis", "("),
        ("đường tieude:", "empty_field", "tieude:"),
    ],
)
def test_what_is_read_otherwise_is_announced_in_two_languages_at_its_place(
    index: Index, query: str, code: str, part: str
) -> None:
    (notice,) = ask(index, query).notices
    assert (notice.code, query[notice.start : notice.end]) == (code, part)
    assert notice.message_vi != notice.message_en


def test_phrase_in_a_longer_query_that_is_nowhere_falls_back_to_its_words(index: Index) -> None:
    result = ask(index, 'xe "nội hà"')
    assert [hit.id for hit in result.hits] == ["street"]
    assert ask(index, '"nội hà"').total == 0


@pytest.mark.parametrize("query", ["đường (phố", 'đường "phố', "title:", "đường AND phố OR"])
def test_mistake_is_an_error_only_where_that_was_asked_for(index: Index, query: str) -> None:
    notice = ask(index, query).notices[0]
    with pytest.raises(QueryError) as refusal:
        ask(index, query, strict=True)
    error = refusal.value
    assert (error.position, error.length) == (notice.start, notice.end - notice.start)
    assert (error.message, error.message_vi) == (notice.message_en, notice.message_vi)


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("", ""),
        ("đường phố", "đường phố"),
        ("đường AND (phố OR xe)", "đường VÀ (phố HOẶC xe)"),
        ("source:VnExpress phố", "nguồn:VnExpress phố"),
        ("đường (phố", "đường phố"),
        ("phố NEAR/3 bán", "phố GẦN/3 bán"),
        ("date:01/04/2021..07/04/2021", "ngày:2021-04-01..2021-04-07"),
    ],
)
def test_result_says_how_the_query_was_understood(
    index: Index, query: str, understood: str
) -> None:
    result = ask(index, query)
    assert result.understood == understood
    again = ask(index, understood)
    assert (again.total, again.understood) == (result.total, understood)


@pytest.mark.parametrize("query", ["", "-đường", "ngày:2021", "nguồn:trẻ", "-đường từ:2019"])
def test_query_that_wants_no_word_gives_the_newest_first(index: Index, query: str) -> None:
    assert ask(index, query).hits == ask(index, query, sort="newest").hits


def test_excluded_words_are_not_marked_and_no_reasons(index: Index) -> None:
    (hit,) = ask(index, "đường -giá").hits
    assert [reason.typed for reason in hit.reasons] == ["đường"]
    (hit,) = ask(index, "-đường -máy -họp").hits
    assert (hit.headline.marks, hit.reasons) == ((), ())


@pytest.mark.parametrize(
    ("query", "found", "reasons"),
    [
        ("hoà", "machines", [("hoà", "exact", ())]),
        ("hoà", "sewing", [("hoà", "spelling", ("hòa",))]),
        ("hoa", "sewing", [("hoa", "marks", ("hòa",))]),
        ("hoà*", "sewing", [("hoà*", "pattern", ("hoàng", "hòa"))]),
        ("UBND", "people", [("UBND", "abbreviation", ("ủy ban nhân dân",))]),
        ("TP.HCM", "people", [("TP.HCM", "abbreviation", ("thành phố hồ chí minh",))]),
        ("tỷ AND phố", "sugar", [("tỷ", "spelling", ("tỉ",)), ("phố", "exact", ())]),
        ("máy OR giá", "street", [("máy", "exact", ()), ("giá", "missing", ())]),
    ],
)
def test_hit_says_why_it_matched(
    index: Index, query: str, found: str, reasons: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    (hit,) = [hit for hit in ask(index, query).hits if hit.id == found]
    assert [(one.typed, one.kind, one.found) for one in hit.reasons] == reasons


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("nhân OR (ủy ban nhân dân)", "abbreviation"),
        ("(ủy ban nhân dân) OR (nhân dân)", "abbreviation"),
        ("title:(nhân OR (ủy ban nhân dân))", "abbreviation"),
        ("họp AND (nhân OR (ủy ban nhân dân))", "abbreviation"),
        ("xa OR (vì nhân dân) OR họp", "missing"),
        ("họp OR ((ủy ban nhân dân) AND (vì nhân))", "missing"),
    ],
)
def test_word_is_missing_only_where_no_part_of_a_choice_has_it(
    index: Index, query: str, kind: str
) -> None:
    (hit,) = [hit for hit in ask(index, query).hits if hit.id == "committee"]
    assert [one.kind for one in hit.reasons if one.typed == "nhân"] == [kind]


def test_missing_words_are_reasons_too(index: Index) -> None:
    result = ask(index, "đường phố Huế xăng đông", match="any")
    for hit in result.hits:
        assert hit.missing
        lacks = [reason.typed for reason in hit.reasons if reason.kind == "missing"]
        assert tuple(lacks) == hit.missing


def test_word_that_is_missing_in_two_places_is_named_once(index: Index) -> None:
    result = ask(index, "đường ủy ban nhân dân vì nhân dân", match="any")
    hits = {hit.id: hit.missing for hit in result.hits}
    assert hits["street"] == ("ủy", "ban", "nhân", "dân", "vì")
    assert hits["committee"] == ("đường", "vì", "nhân", "dân")


def test_missing_words_are_in_the_order_in_which_they_were_typed(index: Index) -> None:
    (hit,) = ask(index, "lạ họp xa họp lạ", match="any").hits
    assert hit.missing == ("lạ", "xa")
