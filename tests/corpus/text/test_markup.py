import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.markup import is_markup, plain, read_fragment


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("<p>Một &amp; hai</p><p>ba</p>", ["Một & hai", "ba"]),
        ("một<br>hai<br/>ba", ["một", "hai", "ba"]),
        ("<div><p>Đ<b>à</b> Nẵng</p></div>", ["Đà Nẵng"]),
        ("<p>a\n  b&nbsp;c</p>", ["a b c"]),
        ("<p>a<script>x<y</script>b<style>p{}</style><!-- c -->d</p>", ["abd"]),
        ('<p><a href="x>y">a</a></p>', ["a"]),
        ("a < b và c > d", ["a < b và c > d"]),
        ("<p", ["<p"]),
        ("", []),
    ],
)
def test_blocks_are_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert read_fragment(text).paragraphs == paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "<p>a</p><figure><img src=x><figcaption>Ảnh: A</figcaption></figure><p>b</p>",
        '<p>a</p><p class="body-image"><img/></p><p class="t"><em>Ảnh: A</em></p><p>b</p>',
        '<p>a</p><table><td><img/><td class="pic-caption">Ảnh: A</td></table><p>b</p>',
        "<p>a</p><p><img/><i>Ảnh: A</i></p><p>Ảnh: A</p><p>b</p>",
    ],
)
def test_captions_are_apart(text: str) -> None:
    found = read_fragment(text)
    assert (found.paragraphs, found.captions) == (["a", "b"], ["Ảnh: A"])


def test_italics_without_a_picture_are_text() -> None:
    assert read_fragment("<p>a</p><p><em>b</em></p>").paragraphs == ["a", "b"]


def test_author_is_apart() -> None:
    found = read_fragment('<p>a</p><p class="body-author"><strong>Lê An</strong></p>')
    assert (found.paragraphs, found.authors) == (["a"], ["Lê An"])


@pytest.mark.parametrize("text", ["a < b", "x <y> z", "<3", "1 <2 và 3> 2", "<<a>>"])
def test_signs_are_no_markup(text: str) -> None:
    assert not is_markup(text) or text == "<<a>>"


def test_title_loses_its_tags() -> None:
    assert plain("<b>Đà</b> Nẵng<br>hôm nay") == "Đà Nẵng hôm nay"


@given(st.text(alphabet="<>/pab \"'!-=&;", max_size=60))
def test_any_text_is_taken_apart(text: str) -> None:
    read_fragment(text)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", '<a "', "<!--", "<script>", "<p", "&", "<a x='", "<!"]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    started = time.process_time()
    read_fragment(piece * 100_000)
    assert time.process_time() - started < 10
