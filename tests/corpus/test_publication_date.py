import contextlib
import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import VIETNAM, Precision, PublicationDate, PublicationDateError, checked_date

parse = PublicationDate.parse

# From 1900 to 2100.
moments = st.integers(-2_208_000_000, 4_133_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
dates = st.builds(PublicationDate, moments, st.sampled_from(Precision))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021", "2021"),
        ("2021-04", "2021-04"),
        ("2021-04-08", "2021-04-08"),
        (" 2021-04-08\n", "2021-04-08"),
        ("2021-04-08T05:15:00Z", "2021-04-08T12:15:00+07:00"),
        ("2021-04-08T05:15:00.123456Z", "2021-04-08T12:15:00+07:00"),
        ("2021-04-08T12:15:00+07:00", "2021-04-08T12:15:00+07:00"),
        ("2021-04-08T12:15+0700", "2021-04-08T12:15:00+07:00"),
        ("2021-04-08 12:15", "2021-04-08T12:15:00+07:00"),
        ("2021-04-07T20:15:00-05:00", "2021-04-08T08:15:00+07:00"),
        ("08/04/2021", "2021-04-08"),
        ("8.4.2021", "2021-04-08"),
        ("8-4-2021", "2021-04-08"),
        ("04/2021", "2021-04"),
        ("8/4/2021 17:30", "2021-04-08T17:30:00+07:00"),
        ("8/4/2021, 17h30", "2021-04-08T17:30:00+07:00"),
        ("Thứ năm, 8/4/2021, 17:30 (GMT+7)", "2021-04-08T17:30:00+07:00"),
        ("Chủ nhật 11/4/2021", "2021-04-11"),
        (unicodedata.normalize("NFD", "Thứ năm 8/4/2021"), "2021-04-08"),
        ("Thứ Hai, 05/04/2021 | 10:20 (GMT+7)", "2021-04-05T10:20:00+07:00"),
        ("10:20 05/04/2021", "2021-04-05T10:20:00+07:00"),
        ("10:20, 05/04/2021", "2021-04-05T10:20:00+07:00"),
        ("10h20 - Thứ Hai, ngày 05/04/2021", "2021-04-05T10:20:00+07:00"),
        ("10:20 -05/04/2021", "2021-04-05T10:20:00+07:00"),
        ("05/04/2021 - 10:20", "2021-04-05T10:20:00+07:00"),
        ("05-04-2021 - 10:20", "2021-04-05T10:20:00+07:00"),
        ("10:20 05/04/2021 (GMT+9)", "2021-04-05T08:20:00+07:00"),
        ("Ngày 5/4/2021", "2021-04-05"),
        ("5 tháng 4 năm 2021", "2021-04-05"),
        ("Thứ Hai, ngày 5 tháng 4 năm 2021, 10:20", "2021-04-05T10:20:00+07:00"),
        ("5 tháng 4, 2021", "2021-04-05"),
        ("Tháng 4 năm 2021", "2021-04"),
        ("Tue Apr 06 2021 10:00:00 GMT+0700 (Indochina Time)", "2021-04-06T10:00:00+07:00"),
        ("Tue Apr 06 2021 20:00:00 GMT+0000 (Giờ phối hợp)", "2021-04-07T03:00:00+07:00"),
        ("Tue, 06 Apr 2021 20:00:00 GMT", "2021-04-07T03:00:00+07:00"),
        ("Tue, 06 Apr 2021 10:00:00 +0700", "2021-04-06T10:00:00+07:00"),
    ],
)
def test_parses_iso_and_vietnamese_forms(text: str, iso: str) -> None:
    assert parse(text).isoformat() == iso


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a date"),
        ("hôm qua", "is not a date"),
        ("2021-W14-4", "is not a date"),
        ("20210408", "is not a date"),
        ("٢٠٢١", "is not a date"),
        ("8/4-2021", "is not a date"),
        ("10:20", "is not a date"),
        ("5 tháng 4", "is not a date"),
        ("31 tháng 4 năm 2021", "no such day or time"),
        ("Tue Abc 06 2021 10:00:00 GMT+0700", "is not a date"),
        ("2021-02-30", "no such day or time"),
        ("31/6/2021", "no such day or time"),
        ("4/25/2021", "no such day or time"),
        ("2021-13", "no such day or time"),
        ("2021-04-08T25:00", "no such day or time"),
        ("1799", "between 1800 and 2100"),
        ("2101-01-01", "between 1800 and 2100"),
        ("2021-04-08T12:15+25:00", "not an offset"),
        (" " * 1_000_000, "is not a date"),
    ],
)
def test_says_why_a_text_is_no_date(text: str, reason: str) -> None:
    with pytest.raises(PublicationDateError, match=reason):
        parse(text)


def test_utc_evening_is_the_next_day_in_vietnam() -> None:
    assert parse("2018-02-04T17:30:00Z").first_day == date(2018, 2, 5)


def test_month_is_the_interval_of_its_days() -> None:
    april = PublicationDate.of_month(2021, 4)
    assert (april.first_day, april.last_day) == (date(2021, 4, 1), date(2021, 4, 30))


def test_december_ends_with_the_year() -> None:
    assert PublicationDate.of_month(2020, 12).last_day == date(2020, 12, 31)


def test_february_of_a_leap_year_has_29_days() -> None:
    assert PublicationDate.of_month(2020, 2).last_day == date(2020, 2, 29)


def test_year_ends_before_the_next_begins() -> None:
    assert PublicationDate.of_year(2021).end == datetime(2022, 1, 1, tzinfo=VIETNAM)


def test_known_time_lasts_one_second() -> None:
    known = PublicationDate.at(datetime(2021, 4, 8, 5, 15, tzinfo=UTC))
    assert known.end - known.start == timedelta(seconds=1)


def test_time_without_zone_is_refused() -> None:
    with pytest.raises(PublicationDateError, match="time zone"):
        PublicationDate.at(datetime(2021, 4, 8))  # noqa: DTZ001


def test_dates_are_ordered_by_start_and_then_coarse_first() -> None:
    texts = ["2021", "2021-01", "2021-01-01", "2021-01-01T00:00:00+07:00", "2021-02", "2022"]
    assert [d.isoformat() for d in sorted(map(parse, reversed(texts)))] == texts


def test_equal_dates_are_equal_whatever_they_were_read_from() -> None:
    assert len({parse("8/4/2021"), parse("2021-04-08"), PublicationDate.of_day(2021, 4, 8)}) == 1


@given(dates)
def test_isoformat_is_parsed_back(published: PublicationDate) -> None:
    assert parse(published.isoformat()) == published


@given(dates)
def test_interval_is_not_empty_and_covers_its_days(published: PublicationDate) -> None:
    assert published.start < published.end
    assert published.start.date() == published.first_day
    last_moment = published.end - timedelta(microseconds=1)
    assert last_moment.date() == published.last_day


@given(moments, st.sampled_from(Precision))
def test_interval_holds_the_moment_that_it_was_made_from(
    moment: datetime, precision: Precision
) -> None:
    published = PublicationDate(moment, precision)
    local = moment.astimezone(VIETNAM).replace(tzinfo=None)
    assert published.start.replace(tzinfo=None) <= local < published.end.replace(tzinfo=None)


@given(st.text(max_size=30))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with contextlib.suppress(PublicationDateError):
        parse(text)


NOW = datetime(2021, 10, 5, 12, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-10-04", "2021-10-04"),
        ("2021-10", "2021-10"),
        (2021, "2021"),
        (1517782507, "2018-02-05T05:15:07+07:00"),
        (1517782507000, "2018-02-05T05:15:07+07:00"),
        (datetime(2018, 2, 4, 22, 15, 7), "2018-02-05T05:15:07+07:00"),  # noqa: DTZ001 - BSON
        (datetime(2018, 2, 4, 22, 15, 7, tzinfo=UTC), "2018-02-05T05:15:07+07:00"),
        (date(2018, 2, 4), "2018-02-04"),
        (PublicationDate.of_year(2021), "2021"),
    ],
)
def test_checked_date_is_read_from_all_that_records_give(value: object, day: str) -> None:
    found, wrong = checked_date(value, now=NOW)
    assert (str(found), wrong) == (day, "")


@pytest.mark.parametrize("text", ["1970", "1970-01", "1970-01-02", "1900"])
def test_old_dates_that_stand_for_nothing_else_are_kept(text: str) -> None:
    found, wrong = checked_date(text, now=NOW)
    assert (str(found), wrong) == (text, "")


@pytest.mark.parametrize("value", [None, ""])
def test_missing_date_is_nothing_wrong(value: object) -> None:
    assert checked_date(value, now=NOW) == (None, "")


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("2021-10-06", "2021-10-06 is in the future"),
        ("31/2/2021", "there is no such day or time"),
        ("1970-01-01T00:00:00Z", "stands for no date"),
        ("1970-01-01", "stands for no date"),
        ("1899-12-31", "1899-12-31 cannot be: it is before 1900"),
        (1890, "1890 cannot be"),
        ("hôm qua", "'hôm qua' is not a date"),
        (12345, "'12345' is not a date"),
        (10**30, "is not a date"),
        (float("nan"), "'nan' is not a date"),
        (True, "'True' is not a date"),
        ([2021], "'[2021]' is not a date"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(value: object, wrong: str) -> None:
    found, said = checked_date(value, now=NOW)
    assert found is None
    assert wrong in said
