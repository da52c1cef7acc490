import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Paper, PaperKind, Papers, PapersError, PathError

KNOWN = Papers.known()


def name_of(text: str) -> str | None:
    paper = KNOWN.find(text)
    return paper.name if paper else None


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("thanh niên", "Thanh Niên"),
        ("THANH NIÊN", "Thanh Niên"),
        ("Thanh Nien", "Thanh Niên"),
        ("Báo Thanh Niên", "Thanh Niên"),
        ("Thanh Niên Online", "Thanh Niên"),
        ("NLĐ", "Người Lao Động"),
        ("Báo điện tử Dân trí", "Dân trí"),
        ("Văn Hoá", "Văn hóa"),
        ("Ôtô - xe máy", "Ô tô - Xe máy"),
        ("Ôtô Xe Máy", "Ô tô - Xe máy"),
        ("Kinh tế và Đô thị", "Kinh tế & Đô thị"),
        ("Phụ Nữ VN", "Phụ nữ Việt Nam"),
        ("Pháp luật TP. HCM", "Pháp Luật TP.HCM"),
        ("Pháp luật Thành phố Hồ Chí Minh", "Pháp Luật TP.HCM"),
        ("Vietnam +", "VietnamPlus"),
        ("Thông tấn xã Việt Nam", "TTXVN"),
        ("zing.vn", "Zing News"),
        ("www.tuoitre.vn", "Tuổi Trẻ"),
        ("https://thethao.tuoitre.vn/x.htm", "Tuổi Trẻ"),
        ("Báo Quảng Bình", "Quảng Bình"),
        ("Báo TT-Huế", "Thừa Thiên Huế"),
        ("BĐVN", "Bưu điện Việt Nam"),
        ("Báo Bưu điện Việt Nam", "Bưu điện Việt Nam"),
        ("tienphongonline.com.vn", "Tiền Phong"),
    ],
)
def test_spellings_of_one_paper_merge(spelling: str, name: str) -> None:
    assert name_of(spelling) == name


@pytest.mark.parametrize(
    "names",
    [
        ("Tuổi Trẻ", "Tuổi Trẻ Thủ Đô", "Tuổi Trẻ Cười"),
        ("Thanh Niên", "Thanh niên Việt"),
        ("Công an nhân dân", "Công an TP.HCM", "Công an Đà Nẵng"),
        ("Lao Động", "Người Lao Động", "Lao động Thủ đô", "Lao động & Xã hội"),
        ("Công Thương", "Tạp chí Công Thương", "Bộ Công Thương"),
        ("Pháp luật Việt Nam", "Pháp Luật TP.HCM", "Pháp luật Plus", "Pháp luật & Xã hội"),
        ("Giao thông", "Xe Giao thông", "Tạp chí Giao thông vận tải", "Bộ GTVT"),
        ("Đầu tư", "Đấu thầu", "Đầu tư Chứng khoán", "Nhà đầu tư", "Nhịp cầu Đầu tư"),
        ("Công lý", "Công luận"),
        ("Thanh tra", "Tạp chí Thanh tra"),
        ("Sài Gòn Giải Phóng", "Sài Gòn Tiếp Thị", "Sài Gòn Đầu tư Tài chính"),
        ("Khỏe 365", "Khỏe Plus", "Khỏe Plus 24h"),
        ("Tin tức", "Tin mới", "Tin Nhanh", "TTXVN"),
    ],
)
def test_different_papers_stay_apart(names: tuple[str, ...]) -> None:
    found = [name_of(name) for name in names]
    assert None not in found
    assert len(set(found)) == len(names)


@pytest.mark.parametrize(
    "text",
    ["", " ", "Báo Phụ nữ", "Phụ nữ", "Sông Hương Nhật Báo", "ông Nam", "https://[::1", ".vn"],
)
def test_what_is_no_known_paper_is_not_found(text: str) -> None:
    assert KNOWN.find(text) is None


def test_every_source_of_the_dump_is_known(shared_data: Path) -> None:
    names = (shared_data / "data" / "baomoi-sources.txt").read_text("utf-8").splitlines()
    assert len(names) == 143
    assert [name for name in names if KNOWN.find(name) is None] == []


def test_sources_of_the_dump_merge_only_where_they_are_one_paper(shared_data: Path) -> None:
    names = (shared_data / "data" / "baomoi-sources.txt").read_text("utf-8").splitlines()
    groups: dict[str | None, set[str]] = {}
    for name in names:
        groups.setdefault(name_of(name), set()).add(name)
    assert sorted(sorted(group) for group in groups.values() if len(group) > 1) == [
        ["Báo Văn hóa", "Văn Hoá"],
        ["Kiểm Sát", "Kiểm sát"],
        ["Tạp chí Xây dựng Đảng", "Xây Dựng Đảng"],
        ["Ôtô - xe máy", "Ôtô Xe Máy"],
        ["ĐCSVN", "Đảng Cộng Sản VN"],
    ]


@pytest.mark.parametrize("paper", list(KNOWN), ids=lambda paper: paper.name)
def test_paper_is_found_by_its_name_aliases_and_domains(paper: Paper) -> None:
    for text in (paper.name, *paper.aliases, *paper.domains, paper.name.upper()):
        assert KNOWN.find(text) is paper
    assert paper.name == unicodedata.normalize("NFC", paper.name)


def test_name_without_marks_that_may_mean_two_papers_is_not_found() -> None:
    papers = Papers(
        [Paper("Tiền Phong", PaperKind.CENTRAL), Paper("Tiên Phong", PaperKind.PORTAL)]
    )
    assert papers.find("tien phong") is None
    assert papers.find("TIÊN PHONG") is not None


@given(st.text())
def test_any_text_can_be_looked_up(text: str) -> None:
    paper = KNOWN.find(text)
    assert paper is None or paper in set(KNOWN)


# Files of users


def written(folder: Path, text: str) -> Path:
    path = folder / "papers.tsv"
    path.write_text(text, "utf-8")
    return path


def test_file_extends_what_is_known(tmp_path: Path) -> None:
    file = written(tmp_path, "# của tôi\n\nSông Hương Nhật Báo\tprovincial\tshnb.example\tSHNB\n")
    papers = KNOWN.extended(file)
    assert papers.find("SHNB") == papers.find("m.shnb.example")
    assert len(papers) == len(KNOWN) + 1


def test_paper_of_a_file_takes_the_place_of_a_known_one(tmp_path: Path) -> None:
    papers = KNOWN.extended(written(tmp_path, "Thanh Niên\tcentral\tthanhnien.example\n"))
    assert papers.find("thanhnien.example") == papers.find("Thanh Niên")
    assert papers.find("TNO") is None
    assert len(papers) == len(KNOWN)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Chỉ có tên", "has 1 columns; write name, kind, domains and other spellings"),
        ("A\tlocal", "'local' is no kind of paper; there are agency, "),
        ("A\tcentral\thttp://a.vn", "'http://a.vn' is no domain; write it like tuoitre.vn"),
        ("--\tcentral", "has no name"),
        ("A\tcentral\ta.vn\tB;-", "another spelling without a letter"),
        ("T\tcentral\tt.vn", "'t' is also claimed by line 1"),
        ("A\tcentral\tt.vn", "'t.vn' is also claimed by line 1"),
    ],
)
def test_mistake_in_a_file_is_reported_with_its_line(
    tmp_path: Path, line: str, reason: str
) -> None:
    file = written(tmp_path, f"T\tcentral\tt.vn\n{line}\n")
    with pytest.raises(PapersError) as caught:
        Papers.read(file)
    assert str(caught.value).startswith(f"{file}:2: ")
    assert reason in str(caught.value)
    assert (caught.value.path, caught.value.line) == (file, 2)


def test_spelling_of_a_known_paper_cannot_be_claimed_by_another(tmp_path: Path) -> None:
    file = written(tmp_path, "Lao Động Trẻ\tportal\tldt.example\tLao Động\n")
    with pytest.raises(PapersError, match=r"papers\.tsv: .*'Lao Động'"):
        KNOWN.extended(file)


def test_file_that_is_missing_is_a_path_error(tmp_path: Path) -> None:
    with pytest.raises(PathError):
        Papers.read(tmp_path / "none.tsv")


def test_file_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "papers.tsv"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(PapersError, match="not in UTF-8"):
        Papers.read(path)
