import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import provenance_of


def credited(*body: str, lead: str = "") -> tuple[str, ...]:
    return provenance_of(lead, ["Một đoạn văn dài.", *body]).credited


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Theo VnExpress", ("VnExpress",)),
        ("Theo báo Tuổi trẻ", ("Tuổi Trẻ",)),
        ("(Theo TTXVN)", ("TTXVN",)),
        ("Minh Anh (Theo Reuters)", ("Reuters",)),
        ("Minh Anh (theo AFP, Reuters)", ("AFP", "Reuters")),
        ("Theo TTXVN/Vietnam +", ("VietnamPlus",)),
        ("Nguồn: Thanh Niên", ("Thanh Niên",)),
        ("Theo chinhphu.vn", ("Chính phủ",)),
        ("Hội nghị bế mạc vào chiều nay. (TTXVN)", ("TTXVN",)),
        ("TTXVN", ("TTXVN",)),
        ("(TTXVN/Vietnam+)", ("VietnamPlus",)),
        ("(Vietnam+)", ("VietnamPlus",)),
        ("Hội nghị bế mạc vào chiều nay. (TTXVN/Vietnam+)", ("VietnamPlus",)),
        ("Nguyễn Cúc (TTXVN)", ("TTXVN",)),
        ("Hoàng Nam/TTXVN", ("TTXVN",)),
        ("Hội nghị diễn ra từ đầu tháng Ba (TTXVN).", ("TTXVN",)),
        ("Theo VTC News đưa tin", ("VTC News",)),
        ("Theo nguồn tin của VTV", ("VTV",)),
        ("Theo: Tuổi Trẻ", ("Tuổi Trẻ",)),
        ("Theo Hoàng Nam/Tuổi Trẻ", ("Tuổi Trẻ",)),
        ("Theo báo Tuổi Trẻ, ba người bị thương.", ("Tuổi Trẻ",)),
        ("(Nguồn: Vnexpress)", ("VnExpress",)),
        ("(Nguồn: Vnexpress.net)", ("VnExpress",)),
        ("Link bài gốc: https://vnexpress.net/hoi-nghi-be-mac-4258112.html", ("VnExpress",)),
        ("Nguồn VnExpress: https://vnexpress.net/hoi-nghi-be-mac-4258112.html", ("VnExpress",)),
        ("Link nguồn: https://vnexpress.net/hoi-nghi-be-mac-4258112.html", ("VnExpress",)),
    ],
)
def test_closing_line_credits(line: str, names: tuple[str, ...]) -> None:
    assert credited(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "Theo ông Nam",
        "Theo Bộ Y tế",
        "Theo đó, hội nghị bế mạc.",
        "Theo ý tôi là vậy.",
        "Hội nghị họp ở tỉnh. (Hà Tĩnh)",
        "Máy bay rơi vào vùng nhiễu động (Nguồn: Reuters)",
        "Nguồn nước bị ô nhiễm.",
        "Quảng Bình",
        "Thanh Tra",
        "Theo Reuters và ông Nam",
        "Ông là Tổng giám đốc Thông tấn xã Việt Nam (TTXVN).",
        "Giải A: Làm gì để giá thuốc không nhảy múa (Vietnam Plus).",
        "(Nguồn: Reuters)",
        "Theo Thanh tra cho biết",
        "Theo Hoàng Nam/Hà Tĩnh mới",
        "Link bài gốc: https://example.com/x",
        "Nguồn Bộ Y tế: https://example.com/x",
        "Hội nghị họp tháng Ba (VnExpress).",
    ],
)
def test_closing_line_that_is_no_credit(line: str) -> None:
    assert credited(line) == ()


@pytest.mark.parametrize(
    ("lead", "names"),
    [
        ("(TTXVN) - Sáng nay, hội nghị khai mạc.", ("TTXVN",)),
        ("TTXVN - Sáng nay, hội nghị khai mạc.", ("TTXVN",)),
        ("Theo báo Lao Động, hội nghị khai mạc.", ("Lao Động",)),
        ("Theo hãng tin Reuters, hội nghị khai mạc.", ("Reuters",)),
        ("Theo CNN, hội nghị khai mạc.", ("CNN",)),
        ("Theo VTC News đưa tin, hội nghị khai mạc.", ("VTC News",)),
        ("Hà Nội, 5/4 (TTXVN) - Sáng nay, hội nghị khai mạc.", ("TTXVN",)),
        ("Hà Nội (TTXVN) – Sáng nay, hội nghị khai mạc.", ("TTXVN",)),
        ("Thông tấn xã Việt Nam (TTXVN) - cơ quan của Chính phủ - kỷ niệm ngày thành lập.", ()),
        ("Theo Thanh tra, có nhiều sai phạm.", ()),
        ("Theo Chính phủ, cần có giải pháp.", ()),
        ("Theo Bộ Tài chính, quỹ còn dư.", ()),
        ("(Hà Tĩnh) - Sáng nay, hội nghị khai mạc.", ()),
    ],
)
def test_lead_credits_what_cannot_be_anything_else(lead: str, names: tuple[str, ...]) -> None:
    assert credited(lead=lead) == names


def test_first_paragraph_credits_like_a_lead() -> None:
    assert provenance_of("", ["Theo CNN, hội nghị khai mạc.", *["Một."] * 4]).credited == ("CNN",)


def test_credit_far_from_the_end_does_not_count() -> None:
    assert credited("Theo VnExpress", "Một.", "Hai.", "Ba.") == ()


@pytest.mark.parametrize(
    ("caption", "names"),
    [
        ("Lễ ký kết - Ảnh: QUANG ĐỊNH", ("Quang Định",)),
        ("Lễ ký kết (ảnh: Phước Tuấn/Tuổi Trẻ).", ("Phước Tuấn", "Tuổi Trẻ")),
        ("Lễ ký kết. Ảnh: REUTERS", ("Reuters",)),
        ("Lễ ký kết - Ảnh: T.TÂN.", ("T.TÂN",)),
        ("Lễ ký kết. Ảnh: Báo Giao thông", ("Giao thông",)),
        ("Lễ ký kết - Ảnh: Công an cung cấp", ()),
        ("Ảnh: Internet", ()),
        ("Ảnh: Tư liệu", ()),
        ("Lễ ký kết - Ảnh: CTV", ()),
        ("Tiếng Anh: 9,8", ()),
        ("Tiếng Anh: Ngữ Văn", ()),
    ],
)
def test_photographers_are_read_from_captions(caption: str, names: tuple[str, ...]) -> None:
    assert provenance_of("", ["Một đoạn."], [caption]).photographers == names


@pytest.mark.parametrize(
    ("caption", "names"),
    [
        ("Xử lý phạt nguội qua camera tại Công an TP.Đà Nẵng - Nguyễn Tú", ("Nguyễn Tú",)),
        ("Hai diễn viên trong buổi ra mắt phim mới - Trần Nam", ()),
        ("Gia đình bốn thành viên của Khánh Thi - Phan Hiển.", ()),
        ("Ùn tắc kéo dài sáng nay trên đường Trường Sơn - Hoàng Văn Thụ", ()),
        ("Tuyển Việt Nam gặp đội chủ nhà Thái Lan - Hải Phòng", ()),
        ("Nam Trung - Nguyễn Trung", ()),
    ],
)
def test_photographer_behind_a_dash_has_a_family_name_and_is_not_in_the_story(
    caption: str, names: tuple[str, ...]
) -> None:
    body = ["Trần Nam đóng vai chính."]
    assert provenance_of("", body, [caption]).photographers == names


def test_name_behind_a_dash_in_a_paragraph_is_no_photographer() -> None:
    line = "Xử lý phạt nguội qua camera tại Công an TP.Đà Nẵng - Nguyễn Tú"
    assert provenance_of("", [line]).photographers == ()


@given(st.text(), st.lists(st.text()), st.lists(st.text()))
def test_any_text_can_be_read(lead: str, body: list[str], captions: list[str]) -> None:
    found = provenance_of(lead, body, captions)
    assert len(set(found.credited)) == len(found.credited)


parts = st.sampled_from(
    ["Theo ", "(", ")", "Reuters", "/", ", ", "Ảnh: ", " - ", ".", "Nguồn ", " "]
)


@given(st.lists(parts, max_size=200).map("".join))
def test_hostile_lines_are_read_in_time(line: str) -> None:
    provenance_of(line, [line], [line])
