"""What the commands write where a terminal reads."""

from __future__ import annotations

import io
import sys

import pytest

from corpus import Article
from indexer import BuildProgress, Hit, Passage, Snippet
from webapp.commands import progress
from webapp.commands.console import printable
from webapp.commands.search import _lines


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("webapp.commands.progress.time.monotonic", lambda: now[0])
    return now


def test_plain_lines_come_every_few_seconds(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    with progress.progress_display() as display:
        for second in range(1, 13):
            clock[0] = 100.0 + second
            display.show(BuildProgress(articles=second * 200, fraction=second / 24))
    assert written.getvalue().splitlines() == [
        "1,000 articles, 200 a second, 21%, 0:19 left",
        "2,000 articles, 200 a second, 42%, 0:14 left",
    ]


@pytest.mark.parametrize("fraction", [0.5, None])
def test_a_terminal_gets_a_bar_with_count_and_rate(
    monkeypatch: pytest.MonkeyPatch, fraction: float | None
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress.progress_display() as display:
        display.show(BuildProgress(articles=1_234, fraction=fraction))
    written = terminal.getvalue()
    assert "1,234 articles" in written
    assert "/s" in written
    assert ("50%" in written) == (fraction is not None)


def test_matches_are_bold_on_a_terminal_and_controls_do_not_reach_it() -> None:
    article = Article(title="Một", body=("Đường\x85 làng \x9b31mđỏ.",), source="Báo")
    snippet = Snippet((Passage(article.body[0], ((0, 5),)),))
    text = "\n".join(_lines(Hit(article, 1.0, Passage("Một"), snippet), 80, styled=True))
    assert "\x1b[1mĐường\x1b[0m" in text
    assert "\x9b" not in text
    assert "\x85" not in text


def test_printable_keeps_letters_and_drops_what_steers_a_terminal() -> None:
    assert printable("ế\x1b[2J\u2028x") == "ế [2J x"
    assert printable("a\u202eb\u2066c\u200ed") == "a b c\u200ed"
