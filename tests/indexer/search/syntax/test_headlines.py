"""Headlines that people paste: whatever is in them, they are nothing but words and quotes."""

from pathlib import Path
from time import perf_counter

import pytest

from corpus import read_articles
from indexer.analysis import tokenize
from indexer.search.syntax import Node, Parsed, Quoted, Sequence, Word, explain, leaves, parse


@pytest.fixture(scope="module")
def headlines(shared_data: Path) -> list[Parsed]:
    """All titles, read in strict mode: a mistake in one of them is an error here."""
    path = shared_data / "data" / "vietnews.jsonl.zst"
    return [parse(article.title, strict=True) for article in read_articles(path)]


def wrong_with(title: str, root: Node | None) -> str:
    """What a tree has that a headline has not, or lacks of it."""
    parts = root.parts if isinstance(root, Sequence) else (root,)
    if not all(isinstance(part, Word | Quoted) for part in parts):
        return "grammar"
    found = [
        token.text
        for leaf in leaves(Sequence(tuple(part for part in parts if part is not None)))
        if isinstance(leaf, Word | Quoted)
        for token in tokenize(leaf.text)
    ]
    return "" if found == [token.text for token in tokenize(title)] else "words"


def test_all_real_headlines_are_their_words_and_nothing_else(headlines: list[Parsed]) -> None:
    assert len(headlines) == 105_418
    wrong = [parsed for parsed in headlines if wrong_with(parsed.text, parsed.root)]
    assert wrong == []
    assert not any(parsed.notices for parsed in headlines)


def test_all_real_headlines_are_explained_as_what_they_are(headlines: list[Parsed]) -> None:
    assert [
        parsed for parsed in headlines if parse(explain(parsed.root)).root != parsed.root
    ] == []


@pytest.mark.parametrize(
    "headline",
    [
        "Nguồn: Bộ Y tế",
        "U23 Việt Nam - Thái Lan: 1-0",
        "Hỏi/đáp: Mua vàng hay mua đất?",
        "Ngày 1/4: Cá tháng tư có từ đâu?",
        "TIN NÓNG: BÃO SỐ 5 VÀ MƯA LŨ, KHÔNG AI ĐƯỢC RA KHƠI",
        'Giảm giá tivi 55" và 65"',
        "Người phán xử (phần 2)",
        "Việt Nam vô địch 🏆🇻🇳",
        "Máy bay Mig -21 U mất tích - hỏi ai?",
        'Thu Minh: "Tôi rất thích Chi Pu nhưng chưa thể gọi cô ấy là ca sĩ',
        "C:\\Users và http://vnexpress.net/tin-moi?id=1&x=2",
        "Lương 5-7 triệu/tháng, tăng 10% +/- 2%",
        "Ca khúc ‘1+1’ & “2+2”",
    ],
)
def test_headline_is_its_words_and_nothing_else(headline: str) -> None:
    assert wrong_with(headline, parse(headline, strict=True).root) == ""


@pytest.mark.parametrize(
    "pieces",
    ["a“", '"', "(", ")", "-(", "title:", "a:", "*", "NOT ", "\\", "ngày:2", "\u200b", "a?"],
)
def test_longest_text_of_anything_is_read_in_bounded_time(pieces: str) -> None:
    text = ("x " + pieces * 2_000)[:2_000]
    start = perf_counter()
    explain(parse(text).root)
    # Milliseconds on an idle machine; a quadratic number of cuts would take minutes.
    assert perf_counter() - start < 5
