import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Record, SkippedRecord
from corpus.formats import plain_text
from corpus.formats.source import Source
from corpus.records import Origin

CAPTION = "Cử tri đảo xa bỏ phiếu sớm."
TEXT = f"""Đảo xa bầu cử

Sáng 16-5, cử tri đảo xa đi bầu sớm.

 {CAPTION}

{CAPTION}

Đoạn thứ nhất.

Đoạn thứ hai.

Hương Trà

Nguồn Quảng Bình: https://baoquangbinh.example/chinh-tri/202105/dao-xa-bau-cu-1/
"""


def read(text: str | bytes) -> Record | SkippedRecord:
    content = text.encode() if isinstance(text, str) else text
    (outcome,) = plain_text.read(Source(Origin(Path("a.txt")), [content]))
    return outcome


def article(text: str | bytes) -> Article:
    outcome = read(text)
    assert isinstance(outcome, Record), outcome
    return outcome.article


def test_every_part_is_found() -> None:
    found = article(TEXT)
    assert found.title == "Đảo xa bầu cử"
    assert found.lead == "Sáng 16-5, cử tri đảo xa đi bầu sớm."
    assert found.captions == (CAPTION,)
    assert found.body == ("Đoạn thứ nhất.", "Đoạn thứ hai.")
    assert found.authors == ("Hương Trà",)
    assert found.source == "Quảng Bình"
    assert found.section == "chinh-tri"
    assert str(found.published) == "2021-05"


@pytest.mark.parametrize(
    "variant",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        "\ufeff" + TEXT,
        TEXT.replace("\n\n", "\n"),
        TEXT.replace("\n", "\n\n\t \n"),
        TEXT.replace("\n", "\t\n\t"),
        TEXT.strip(),
    ],
)
def test_line_ends_marks_and_blank_lines_do_not_matter(variant: str) -> None:
    assert article(variant) == article(TEXT)


def test_decomposed_text_gives_the_same_parts_and_stays_decomposed() -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)
    found = article(decomposed)
    assert found.body == tuple(unicodedata.normalize("NFD", part) for part in article(TEXT).body)
    assert (found.authors, found.source) == (("Hương Trà",), "Quảng Bình")


def test_copy_of_a_caption_further_down_is_found() -> None:
    moved = TEXT.replace(f" {CAPTION}\n\n", "").replace("hai.\n", f"hai.\n\n{CAPTION}\n")
    assert article(moved) == article(TEXT)


def test_copies_of_a_caption_may_differ_in_unicode_form() -> None:
    mixed = TEXT.replace(CAPTION, unicodedata.normalize("NFD", CAPTION), 1)
    assert article(mixed).body == article(TEXT).body


def test_caption_before_the_lead_is_no_lead() -> None:
    found = article(f"T\n{CAPTION}\n{CAPTION}\nLead.\nBody.\n")
    assert (found.lead, found.body, found.captions) == ("Lead.", ("Body.",), (CAPTION,))


def test_repeated_labels_of_an_interview_stay_in_the_body() -> None:
    assert article("T\nLead.\nPV:\nHỏi?\nPV:\nĐáp.").body == ("PV:", "Hỏi?", "PV:", "Đáp.")


def test_repeated_title_goes() -> None:
    found = article("Đảo xa bầu cử sớm\nĐảo xa bầu cử sớm\nLead.\nBody.")
    assert (found.lead, found.captions) == ("Lead.", ())


def test_title_and_one_paragraph_have_no_lead() -> None:
    found = article("T\nMột đoạn.\nHương Trà\nNguồn Quảng Bình")
    assert (found.lead, found.body, found.authors) == ("", ("Một đoạn.",), ("Hương Trà",))


def test_title_alone_is_an_article() -> None:
    assert article("Tin vắn").body == ()


@pytest.mark.parametrize(
    ("line", "source", "url"),
    [
        ("Nguồn Quảng Bình: http://a.example/x", "Quảng Bình", "http://a.example/x"),
        ("Nguồn: Quảng Bình: http://a.example/x", "Quảng Bình", "http://a.example/x"),
        ("NGUỒN Tuổi Trẻ http://a.example/x", "Tuổi Trẻ", "http://a.example/x"),
        ("Nguồn: http://a.example/x", "", "http://a.example/x"),
        ("Nguồn Quảng Bình", "Quảng Bình", ""),
        ("Nguồn: 24h", "24h", ""),
        ("Nguồn Tin Ven Biển:", "Tin Ven Biển", ""),
    ],
)
def test_last_line_gives_source_and_url(line: str, source: str, url: str) -> None:
    found = article(f"T\nLead.\nBody.\n{line}")
    assert (found.source, found.url, found.body) == (source, url, ("Body.",))


@pytest.mark.parametrize(
    "line",
    ["Nguồn nước ở xã bị ô nhiễm.", "Nguồn Sông Gianh đã cạn.", "Nguồn", "Nguồn " + "a" * 500_000],
    ids=lambda line: line[:20],
)
def test_paragraph_that_begins_with_nguon_stays(line: str) -> None:
    assert article(f"T\nLead.\nBody.\n{line}").body[-1:] == (line,)


def test_bad_url_is_a_reason_to_skip() -> None:
    assert "url: 'javascript:alert(1)' must begin" in str(
        read("T\nL.\nNguồn X: javascript:alert(1)")
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Hương Trà", ["Hương Trà"]),
        ("Hồ Sỹ Lâm - Bùi Thanh Tâm", ["Hồ Sỹ Lâm", "Bùi Thanh Tâm"]),
        ("Mai Khoa, Minh Thư và Bảo Châu", ["Mai Khoa", "Minh Thư", "Bảo Châu"]),
        ("Bài, ảnh: Y Khôi Niê", ["Y Khôi Niê"]),
        ("Mộc Miên (Tổng hợp)", ["Mộc Miên"]),
        ("H'Hen Niê", ["H'Hen Niê"]),
        ("H.T", ["H.T"]),
        ("PV", ["PV"]),
    ],
)
def test_line_of_names_is_the_byline(line: str, names: list[str]) -> None:
    assert plain_text.parse_byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "Hội nghị kết thúc lúc 17 giờ.",
        "Cảm ơn ông!",
        "Hương Trà.",
        "Theo Tuổi Trẻ",
        "Hết",
        "Việt Nam vô địch",
        "Quốc lộ 1A",
        "A B C D E F",
        "An Bình, Chi Dũng, Em Giang, Hà Khánh, Lan Minh",
        " " * 100_000 + "(",
        "",
    ],
)
def test_what_may_be_a_paragraph_is_no_byline(line: str) -> None:
    assert plain_text.parse_byline(line) == []


def test_file_that_is_not_utf8_is_skipped_with_its_line() -> None:
    assert str(read(b"Title\nPh\xea\nBody")) == (
        "a.txt:2: not UTF-8: byte 0xEA; convert the file to UTF-8"
    )


def test_file_that_is_too_long_is_skipped() -> None:
    assert "longer than 8 MiB" in str(read(b"a" * (plain_text.MAX_FILE + 1)))


@given(st.text())
def test_any_text_is_an_article_or_is_skipped(text: str) -> None:
    read(text.encode(errors="replace"))


paragraphs = st.lists(
    st.sampled_from(["Hà Nội", "một", "Nguồn", "http://a.vn", "(Ảnh)", "Theo B."]), min_size=1
).map(" ".join)


@given(st.lists(paragraphs))
def test_no_paragraph_is_lost(texts: list[str]) -> None:
    found = plain_text.parse("\n".join(["Tiêu đề", *texts]))
    kept = " ".join(str(value) for value in found.values())
    assert all(word in kept for text in texts for word in ("một", "B.") if word in text)
