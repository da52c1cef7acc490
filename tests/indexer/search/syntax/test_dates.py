import pytest

from corpus import PublicationDate
from indexer.search.syntax import Excluded, Published, Word, leaves, parse


def date(text: str | None) -> PublicationDate | None:
    return PublicationDate.parse(text) if text else None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ngày:2021", "2021", "2021"),
        ("ngày:2021-04", "2021-04", "2021-04"),
        ("ngày:04/2021", "2021-04", "2021-04"),
        ("ngày:2021-04-08", "2021-04-08", "2021-04-08"),
        ("ngày:8/4/2021", "2021-04-08", "2021-04-08"),
        ("NGAY：８／４／２０２１", "2021-04-08", "2021-04-08"),
        ("ngày:2021/04", "2021-04", "2021-04"),
        ("ngày:2021/4/8", "2021-04-08", "2021-04-08"),
        ("ngày:2021/04..2021/06", "2021-04", "2021-06"),
        ('ngày:"2021-04"', "2021-04", "2021-04"),
        ("từ:“8/4/2021”", "2021-04-08", None),
        ('ngày:"1/4/2021..8/4/2021"', "2021-04-01", "2021-04-08"),
        ("date:8.4.2021", "2021-04-08", "2021-04-08"),
        ("ngày:01/04/2021..08/04/2021", "2021-04-01", "2021-04-08"),
        ("ngày:1.4.2021..8.4.2021", "2021-04-01", "2021-04-08"),
        ("ngày:2020..2021-04", "2020", "2021-04"),
        ("ngày:2021-04..2021", "2021-04", "2021"),
        ("ngày:2021..", "2021", None),
        ("ngày:..2021-04", None, "2021-04"),
        ("từ:2021-04", "2021-04", None),
        ("from:2021-04", "2021-04", None),
        ("đến:2021-04", None, "2021-04"),
        ("den:2021-04", None, "2021-04"),
        ("to:2021-04", None, "2021-04"),
        ("ngày:2021-04,", "2021-04", "2021-04"),
        ("(ngày:2021-04).", "2021-04", "2021-04"),
        ("ngày:2021-04-08T12:15:00Z", "2021-04-08T19:15:00+07:00", "2021-04-08T12:15:00Z"),
    ],
)
def test_dates_are_read_as_newspapers_and_iso_write_them(
    text: str, first: str | None, last: str | None
) -> None:
    assert parse(text, strict=True).root == Published(date(first), date(last))


def test_dates_can_be_excluded() -> None:
    assert parse("-ngày:2021").root == Excluded(Published(date("2021"), date("2021")))


@pytest.mark.parametrize(
    "value",
    ["2021-13", "31/2/2021", "1/4", "1700", "abc", "2021..abc", "abc..2021", "2020..2021..2022"],
)
def test_what_is_no_date_is_words(value: str) -> None:
    parsed = parse(f"ngày:{value}")
    assert parsed.root == Word(f"ngày:{value}")
    assert [found.code for found in parsed.notices] == ["bad_date"]


@pytest.mark.parametrize("text", ["ngày:..", "từ:2020..2021", "đến:..2021", "ngày:(2021)"])
def test_range_without_an_end_or_in_the_wrong_field_is_no_date(text: str) -> None:
    parsed = parse(text)
    assert parsed.notices
    assert parsed.root is not None
    assert not any(isinstance(leaf, Published) for leaf in leaves(parsed.root))


@pytest.mark.parametrize("text", ["Ngày 1/4: Cá tháng tư", "Từ: Hà Nội", "Đến: 2021"])
def test_dates_in_headlines_are_words(text: str) -> None:
    root = parse(text, strict=True).root
    assert root is not None
    assert all(isinstance(leaf, Word) for leaf in leaves(root))


def test_dates_the_wrong_way_round_are_swapped() -> None:
    parsed = parse("từ:2020 ngày:08/04/2021..01/04/2021")
    assert parsed.root == parse("từ:2020 ngày:01/04/2021..08/04/2021", strict=True).root
    (found,) = parsed.notices
    assert (found.code, found.mend) == (
        "reversed_dates",
        "từ:2020 ngày:01/04/2021..08/04/2021",
    )
