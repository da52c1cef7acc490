"""What holds for every syllable that Vietnamese spelling allows: all of them are tried."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

from indexer.analysis import bare_form, normal_form, parse_syllable, spellings, syllables
from tests.indexer.analysis.syllables import (
    VOWELS,
    every_syllable,
    normal_letters,
    other_letter,
    toneless,
    tones_of,
    with_tone,
)


def every_normal_form() -> Iterator[tuple[str, frozenset[str]]]:
    """Each normal form, with all composed lower-case spellings of it."""
    for letters, bearer in toneless():
        if letters != normal_letters(letters):
            continue
        for tone in tones_of(letters):
            spelled = {
                with_tone(written, tone, place)
                for written in (letters, other_letter(letters))
                for place, letter in enumerate(written)
                if letter in VOWELS
            }
            yield with_tone(letters, tone, bearer), frozenset(spelled)


def typed(spelling: str) -> Iterator[str]:
    """Ways in which one composed spelling reaches us."""
    yield spelling
    yield spelling.upper()
    yield spelling.capitalize()
    for form in ("NFD", "NFKC", "NFKD"):
        yield unicodedata.normalize(form, spelling)
        yield unicodedata.normalize(form, spelling.upper())
    if "đ" in spelling:
        yield spelling.replace("đ", "ð")
        yield spelling.upper().replace("Đ", "Ð")
        yield spelling.upper().replace("Đ", "Ɖ")
        yield spelling.replace("đ", "ɖ")
    decomposed = unicodedata.normalize("NFD", spelling)
    for place, sign in enumerate(decomposed[:-1]):
        if unicodedata.combining(sign) and unicodedata.combining(decomposed[place + 1]):
            before, after = decomposed[place - 1 : place], decomposed[place + 2 :]
            for marks in permutations(decomposed[place : place + 2]):
                yield decomposed[: place - 1] + before + "".join(marks) + after
                # Half composed: the letter with its first mark in one, the second after it.
                half = unicodedata.normalize("NFC", before + marks[0])
                yield decomposed[: place - 1] + half + marks[1] + after


def test_all_ways_of_writing_a_syllable_have_one_form() -> None:
    for form, spelled in every_normal_form():
        for spelling in spelled:
            for text in typed(spelling):
                assert normal_form(text) == form, (text, spelling)


def test_spellings_of_a_form_are_all_composed_ways_of_writing_it() -> None:
    for form, spelled in every_normal_form():
        found = spellings(form)
        # A tone mark can also slip onto a consonant of which Unicode has a composed letter.
        assert {text for text in found if normal_form(text) != form} == set()
        assert spelled <= found, form


def test_different_syllables_have_different_forms() -> None:
    by_form = defaultdict(set)
    for letters, place in toneless():
        for tone in tones_of(letters):
            by_form[normal_form(with_tone(letters, tone, place))].add((letters, tone))
    for written in by_form.values():
        (letters, tone), *others = sorted(written)
        assert others in ([], [(other_letter(letters), tone)])


def test_bare_form_of_a_syllable_is_what_its_unmarked_letters_become() -> None:
    for letters, place in toneless():
        for tone in tones_of(letters):
            text = with_tone(letters, tone, place)
            marks = unicodedata.normalize("NFD", text).replace("đ", "d")
            unmarked = "".join(sign for sign in marks if not unicodedata.combining(sign))
            assert bare_form(normal_form(text)) == normal_form(unmarked)


def test_spelling_rules_list_the_syllables_of_the_onsets_and_rimes() -> None:
    assert set(syllables()) == set(every_syllable())


def test_parts_of_a_syllable_make_it_again() -> None:
    bearers = dict(toneless())
    for text, parts in syllables().items():
        assert with_tone(parts.toneless, parts.tone, bearers[parts.toneless]) == text
        assert parse_syllable(text) == parts


def test_no_two_syllables_have_the_same_parts() -> None:
    assert len(set(syllables().values())) == len(syllables())
