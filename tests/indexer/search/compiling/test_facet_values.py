import pytest

from indexer import SearchTimeoutError
from indexer.deadline import Deadline
from indexer.search.compiling import Options, Vocabulary, compile_query
from indexer.search.compiling.facet_values import FacetValue, matching, meant
from indexer.search.syntax import parse

SOURCES = ("Tuổi Trẻ", "Báo Tuổi Trẻ Online", "VnExpress", "Thanh Niên", "the-thao", "24h.com.vn")


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("Tuổi Trẻ", ("Tuổi Trẻ",)),
        ("tuổi trẻ", ("Tuổi Trẻ",)),
        ("tuổitrẻ", ("Tuổi Trẻ",)),
        ("tuoitre", ("Tuổi Trẻ",)),
        ("tuổi-trẻ", ("Tuổi Trẻ",)),
        ("TUOI TRE", ("Tuổi Trẻ",)),
        ("vn express", ("VnExpress",)),
        ("thể thao", ("the-thao",)),
        ("24h.com.vn", ("24h.com.vn",)),
    ],
)
def test_value_is_meant_whatever_its_case_spaces_and_signs(
    typed: str, values: tuple[str, ...]
) -> None:
    assert meant(typed, list(map(FacetValue.of, SOURCES))) == values


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("trẻ", ("Tuổi Trẻ", "Báo Tuổi Trẻ Online")),
        ("tre", ("Tuổi Trẻ", "Báo Tuổi Trẻ Online")),
        ("Trẻ Online", ("Báo Tuổi Trẻ Online",)),
        ("24h", ("24h.com.vn",)),
    ],
)
def test_part_of_a_value_means_all_that_hold_it(typed: str, values: tuple[str, ...]) -> None:
    assert meant(typed, list(map(FacetValue.of, SOURCES))) == values


@pytest.mark.parametrize("typed", ["tuồi trẻ", "trẻ tuổi", "uổi", "?!", ""])
def test_other_words_and_other_marks_mean_nothing(typed: str) -> None:
    assert meant(typed, list(map(FacetValue.of, SOURCES))) == ()


def test_values_that_differ_by_marks_are_told_apart_by_them() -> None:
    values = ("Thể thao", "The thao")
    assert meant("thể thao", list(map(FacetValue.of, ("Thể thao", "Thế thao")))) == ("Thể thao",)
    assert meant("the thao", list(map(FacetValue.of, values))) == values


@pytest.mark.parametrize(
    ("pattern", "values"),
    [
        ("tuổi*", ("Tuổi Trẻ",)),
        ("tuoi*", ("Tuổi Trẻ",)),
        ("*trẻ*", ("Tuổi Trẻ", "Báo Tuổi Trẻ Online")),
        ("thể-*", ("the-thao",)),
        ("VnExpres?", ("VnExpress",)),
        ("VnExpress?", ()),
        ("tuồi*", ()),
        ("*", SOURCES),
        ("t.*", ("Tuổi Trẻ", "Thanh Niên", "the-thao")),
    ],
)
def test_pattern_fits_a_value_as_a_whole(pattern: str, values: tuple[str, ...]) -> None:
    assert matching(pattern, list(map(FacetValue.of, SOURCES))) == values


def test_values_are_looked_for_in_the_time_there_is(vocabulary: Vocabulary) -> None:
    parsed = parse(" OR ".join(f"nguồn:báo{n}" for n in range(20)))
    with pytest.raises(SearchTimeoutError):
        compile_query(parsed, Options(), vocabulary, Deadline(0.0))
