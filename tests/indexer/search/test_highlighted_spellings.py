"""A syllable is highlighted in whatever spelling the article has."""

import unicodedata

import pytest

from indexer.analysis import normal_form, spellings, syllables, token_texts
from indexer.engines.query import Term
from indexer.search.highlighter import Highlighter
from indexer.search.paragraphs import Paragraph


def marked(word: str, text: str) -> list[str]:
    paragraph = Paragraph("body", text, *token_texts([text]))
    return [text[a:b] for a, b in Highlighter(Term(normal_form(word))).spans(paragraph)]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_syllable_is_highlighted_in_all_its_spellings(form: str) -> None:
    for syllable in {normal_form(text) for text in syllables()}:
        # Between them stands what is not matched, so that they are not joined.
        words = sorted(spellings(syllable))
        words += [word.upper() for word in words]
        words = [unicodedata.normalize(form, word) for word in words]  # type: ignore[arg-type]
        assert marked(syllable, " / ".join(words)) == words


def test_decomposed_text_is_highlighted_where_its_marks_end() -> None:
    text = unicodedata.normalize("NFD", "Nước Mĩ, kỳ lạ")
    assert marked("mỹ", text) == [unicodedata.normalize("NFD", "Mĩ")]


def test_other_word_with_the_same_letters_is_not_highlighted() -> None:
    assert marked("tay", "tai, tây, Tay") == ["Tay"]
    assert marked("thi", "Thy thi") == ["thi"]
