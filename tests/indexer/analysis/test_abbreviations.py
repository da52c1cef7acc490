import itertools
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from indexer.analysis import (
    Abbreviation,
    Abbreviations,
    Reading,
    bare_form,
    normal_form,
    syllables,
    tokenize,
)
from indexer.analysis.abbreviations import parse_abbreviations
from indexer.errors import AbbreviationsError

OWN = Abbreviations.load()
ENTRIES = OWN.entries
SYLLABLES = frozenset(map(normal_form, syllables()))
BARE_SYLLABLES = frozenset(map(bare_form, SYLLABLES))


def tokens_of(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def said_otherwise(text: str, abbreviations: Abbreviations = OWN) -> set[tuple[str, str]]:
    """What is read in a text: the run that was found, and the other way to say it."""
    tokens = tokens_of(text)
    return {
        (" ".join(tokens[first:last]), " ".join(alternative))
        for first, last, alternative in abbreviations.readings(tokens)
    }


def others(text: str) -> set[str]:
    return {alternative for _, alternative in said_otherwise(text)}


def name_of(entry: Abbreviation) -> str:
    return entry.short[0].text


# The list of the package


def test_list_has_many_abbreviations() -> None:
    assert len(ENTRIES) >= 200


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_each_abbreviation_gives_its_long_forms(entry: Abbreviation) -> None:
    for short in entry.short:
        assert {" ".join(full.tokens) for full in entry.full} <= others(short.text)


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_each_long_form_gives_its_abbreviations_unless_they_are_ambiguous(
    entry: Abbreviation,
) -> None:
    for full in entry.full:
        found = others(full.text)
        for short in entry.short:
            assert (" ".join(short.tokens) in found) is not short.is_ambiguous


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_each_abbreviation_is_found_in_lower_case_and_without_marks(entry: Abbreviation) -> None:
    for form in entry.forms:
        assert others(form.text.lower()) == others(form.text)
        bare = " ".join(bare_form(token) for token in form.tokens)
        assert others(form.text) <= others(bare)


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_forms_are_made_of_normal_forms(entry: Abbreviation) -> None:
    for form in entry.forms:
        assert [normal_form(token) for token in form.tokens] == list(form.tokens)


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_long_forms_are_made_of_vietnamese_syllables(entry: Abbreviation) -> None:
    for full in entry.full:
        assert set(full.tokens) <= SYLLABLES, full.text


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_no_abbreviation_is_also_a_word(entry: Abbreviation) -> None:
    # The unmarked letters of EU are also those of a syllable, but of no word.
    words = BARE_SYLLABLES - {"eu"}
    for short in entry.short:
        assert len(short.tokens) > 1 or bare_form(short.tokens[0]) not in words


def test_no_line_is_there_twice() -> None:
    pairs = Counter(
        (short.tokens, full.tokens)
        for entry in ENTRIES
        for short in entry.short
        for full in entry.full
    )
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_abbreviation_with_several_meanings_is_marked_as_ambiguous() -> None:
    lines = Counter(form.tokens for entry in ENTRIES for form in entry.short)
    for form in itertools.chain.from_iterable(entry.short for entry in ENTRIES):
        assert lines[form.tokens] == 1 or form.is_ambiguous, form.text


def test_list_is_written_neatly() -> None:
    text = (files("indexer.analysis") / "abbreviations.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[^\t ;][^\t]*[^\t ;](\t[^\t ;][^\t]*[^\t ;])?", line), line


# Reading


@pytest.mark.parametrize("spelling", ["TP.HCM", "Tp. HCM", "TP HCM", "tp.hcm", "Tp.HCM"])
def test_signs_and_capitals_do_not_matter(spelling: str) -> None:
    assert others(spelling) == {"tphcm", "tp hồ chí minh", "thành phố hồ chí minh"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TPHCM", {("tphcm", "tp hcm"), ("tphcm", "thành phố hồ chí minh")}),
        ("TP Hồ Chí Minh", {("tp hồ chí minh", "tp hcm"), ("tp hồ chí minh", "tphcm")}),
        ("Sở GD&ĐT", {("gd đt", "giáo dục và đào tạo"), ("gd đt", "gdđt")}),
        ("Sở GD-ĐT", {("gd đt", "giáo dục và đào tạo")}),
        ("Covid-19", {("covid 19", "covid19")}),
        ("COVID 19", {("covid 19", "covid19")}),
        ("CSGT Hà Nội", {("csgt", "cảnh sát giao thông")}),
        ("cảnh sát giao thông", {("cảnh sát giao thông", "csgt")}),
        ("chủ tịch Uỷ ban nhân dân xã", {("ủy ban nhân dân", "ubnd")}),
        ("Sở LĐ-TB&XH", {("lđ tb xh", "lao động thương binh và xã hội")}),
        ("CĐ sư phạm", {("cđ", "cao đẳng"), ("cđ", "công đoàn")}),
    ],
)
def test_readings_of(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= said_otherwise(text)


def test_the_virus_is_not_the_disease() -> None:
    assert "sars cov 2" not in others("Covid-19")
    assert "covid 19" not in others("SARS-CoV-2")


def test_long_forms_of_one_ambiguous_abbreviation_are_not_read_as_each_other() -> None:
    assert others("cao đẳng") == set()


def test_longest_run_is_read_and_what_lies_in_it_is_not() -> None:
    runs = {run for run, _ in said_otherwise("Bộ GD&ĐT, Viện kiểm sát nhân dân và UBND TP.HCM")}
    assert runs == {"bộ gd đt", "viện kiểm sát nhân dân", "ubnd", "tp hcm"}


def test_longer_run_wins_over_one_that_begins_before_it() -> None:
    own = Abbreviations([entry("AB", "một hai"), entry("CD", "hai ba bốn")])
    assert own.readings(["một", "hai", "ba", "bốn"]) == [Reading(1, 4, ("cd",))]


def test_unmarked_tokens_are_read_in_an_unmarked_query() -> None:
    assert ("hdnd", "hội đồng nhân dân") in said_otherwise("chu tich hdnd")
    assert ("bao hiem y te", "bhyt") in said_otherwise("bao hiem y te")


def test_typed_marks_bind() -> None:
    assert said_otherwise("bảo hiem y te") == set()
    assert OWN.readings(["hdnd"], bare=False) == []


def test_text_without_abbreviations_has_no_readings() -> None:
    assert OWN.readings(tokens_of("mưa to ở miền Trung")) == []
    assert OWN.readings([]) == []


# The user's own file


def entry(short: str, full: str) -> Abbreviation:
    (found,) = load(f"{short}\t{full}")
    return found


def load(text: str) -> tuple[Abbreviation, ...]:
    return tuple(parse_abbreviations(text, "own.tsv"))


def test_users_file_adds_to_the_list(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("\ufeff# nhà\n\nKCNC\tkhu công nghệ cao\nUBND\tủy ban\n", "utf-8")
    both = Abbreviations.load(path)
    assert said_otherwise("KCNC", both) == {("kcnc", "khu công nghệ cao")}
    assert said_otherwise("khu công nghệ cao", both) == {("khu công nghệ cao", "kcnc")}
    assert said_otherwise("UBND", both) == {("ubnd", "ủy ban"), ("ubnd", "ủy ban nhân dân")}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("KCNC", "one form alone"),
        ("A\tb\tc", "3 columns"),
        ("KCNC\t", "one form alone"),
        ("KCNC\t!!", "'!!' has no letter"),
        ("KCNC;\tkhu", "'' has no letter"),
        ("KCNC\t?khu công nghệ cao", "only an abbreviation"),
        ("T.P\ttp; T P", "the same but for capitals"),
        ("X\t" + "a b " * 7, "has 14 words; 12 are possible"),
    ],
)
def test_error_names_file_and_line(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"# một\nAB\tai biết\n{line}\n", "utf-8")
    with pytest.raises(AbbreviationsError, match=re.escape(why)) as caught:
        Abbreviations.load(path)
    assert str(caught.value).startswith(f"{path}:3: ")


def test_file_that_is_not_utf8_is_an_error_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(b"AB\tai\n\xffCD\tco\n")
    with pytest.raises(AbbreviationsError, match=r"own\.tsv:2: not UTF-8"):
        Abbreviations.load(path)


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AbbreviationsError, match="no-such"):
        Abbreviations.load(tmp_path / "no-such.tsv")
