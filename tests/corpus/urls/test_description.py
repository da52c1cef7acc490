from datetime import date, datetime, time
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import VIETNAM, Article, canonical_url, describe_url

PAGE = "https://baoquangbinh.vn/chinh-tri/202104/dan-van-kheo-2187516"


@pytest.mark.parametrize(
    "other",
    [
        "http://www.baoquangbinh.vn/chinh-tri/202104/dan-van-kheo-2187516/",
        "HTTPS://BaoQuangBinh.VN/chinh-tri/202104/dan-van-kheo-2187516#binh-luan",
        "https://baoquangbinh.vn:443/chinh-tri/202104/dan-van-kheo-2187516",
        "http://baoquangbinh.vn:80/chinh-tri/202104/dan-van-kheo-2187516?",
        PAGE + "?utm_source=zalo&utm_medium=x&fbclid=1&zarsrc=30&gclid=a",
        "https://baoquangbinh.vn./chinh-tri/202104/dan%2Dvan-kheo-2187516",
    ],
)
def test_addresses_of_one_page_are_the_same(other: str) -> None:
    assert canonical_url(other) == canonical_url(PAGE)


def test_order_of_parameters_does_not_matter() -> None:
    assert canonical_url("http://a.vn/x?b=2&a=1") == canonical_url("http://a.vn/x?a=1&b=2")


@pytest.mark.parametrize(
    "other",
    [
        "http://a.vn/x?sid=2",
        "http://a.vn/X?sid=1",
        "http://a.vn:8080/x?sid=1",
        "http://b.vn/x?sid=1",
        "http://a.vn/x",
    ],
)
def test_addresses_of_other_pages_differ(other: str) -> None:
    assert canonical_url(other) != canonical_url("http://a.vn/x?sid=1")


slugs = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,8}){0,4}", fullmatch=True)
pairs = st.lists(st.tuples(slugs, st.text(max_size=8)), max_size=4)
tracking = st.sampled_from(["utm_source", "utm_campaign", "UTM_Medium", "fbclid", "gclid"])


@given(
    host=slugs,
    path=st.lists(slugs, max_size=4),
    query=pairs,
    noise=st.lists(st.tuples(tracking, slugs), max_size=3),
    data=st.data(),
)
def test_id_ignores_scheme_www_fragment_and_tracking(
    host: str,
    path: list[str],
    query: list[tuple[str, str]],
    noise: list[tuple[str, str]],
    data: st.DataObject,
) -> None:
    page = f"{host}.vn/{'/'.join(path)}"
    plain = f"https://{page}?{urlencode(query)}"
    shuffled = data.draw(st.permutations(query + noise))
    shared = f"http://www.{page}?{urlencode(shuffled)}#binh-luan"
    assert Article(title="t", url=plain).id == Article(title="u", url=shared).id


@pytest.mark.parametrize(
    ("url", "section"),
    [
        ("http://www.baoquangbinh.vn/chinh-tri/202104/bo-trach-2187516/", "chinh-tri"),
        ("http://baovinhlong.com.vn/xa-hoi/y-te/202110/tinh-hinh-dich-3081979/", "xa-hoi/y-te"),
        ("http://truyenhinhthanhhoa.vn/tin-tuc/xa-hoi/202109/truy-vet-8363387/", "xa-hoi"),
        ("https://tuoitre.vn/vib-hop-tac-microsoft-20211004112611538.htm", ""),
        ("https://a.vn/quoc-phong/vu-khi/ten-lua-moi-123456/", "quoc-phong/vu-khi"),
        ("https://tapchixaydung.vn/chinh-sach/tin-tuc/quy-hoach.html", "chinh-sach"),
        (
            "https://a.vn/thoi-su/tin-tuc/trong-nuoc/bai-viet/x-1.html",
            "thoi-su/tin-tuc/trong-nuoc",
        ),
        ("https://vtv8.vtv.vn/vtv8/dak-lak-20211002153012345.htm", ""),
        ("https://a.vn/tong-hop/gan-4.600-hoc-sinh-duoc-ung-ho.html", "tong-hop"),
        ("https://a.vn/Khoa-hoc_Ky-thuat/radar-i632157/", "khoa-hoc-ky-thuat"),
        (
            "http://a.vn/giai-tri/%C4%91i%E1%BB%87n-%E1%BA%A3nh/artmid/484/phim",
            "giai-tri/điện-ảnh",
        ),
        ("https://a.vn/tag/chinh-tri/x-1.html", ""),
        (
            "https://a.gov.vn/vi_VN/tin-tuc-su-kien/-/asset_publisher/St1/content/x",
            "tin-tuc-su-kien",
        ),
        ("https://giaoducthoidai.vn/du-hoc/phan-lan-upx4z8d7R.html", "du-hoc"),
        ("https://baomoi.com/ukraine/c/24837361.epi", ""),
        ("https://vietbao.vn/Xa-hoi/Hang-ngan-nguoi-dan/20451234/157/", "xa-hoi"),
        ("https://a.vn/xa-hoi/202110/559522", "xa-hoi"),
        ("http://www.sggp.org.vn/thoisu/nam2006/thang4/98123/", "thoisu"),
        ("http://www.hanoimoi.com.vn/newsdetail/Kinh_te/123456/gia-lua-tang.htm", "kinh-te"),
        ("http://www.tienphongonline.com.vn/Tianyon/Index.aspx?ArticleID=1&ChannelID=2", ""),
        ("https://www.bbc.com/vietnamese/vietnam-56635645", ""),
        ("https://www.bbc.com/vietnamese/articles/c0x3y8e0z1do", ""),
        ("https://www.rfa.org/vietnamese/gia-lua-tang-04052021081530.html", ""),
        ("https://tinhte.vn/thread/danh-gia-may-anh.3312345/", ""),
        ("https://a.vn/", ""),
        ("https://a.vn/the-thao/", ""),
        ("http://xaluan.net/modules.php?name=News&sid=3296695", ""),
        ("https://www.otofun.net/threads/khi-ha-noi.1787713/", ""),
        ("http://en.stockbiz.vn/News/2021/10/4/1032453/agm-resolution.aspx", ""),
    ],
)
def test_section_is_the_folders_before_the_article(url: str, section: str) -> None:
    assert describe_url(url).section == section


def test_headline_used_as_a_folder_is_no_section() -> None:
    url = "https://doanhnghiepvn.vn/doi-song/mon-canh-la/20211023122701760"
    assert describe_url(url).section == "doi-song"


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("http://baoquangbinh.vn/chinh-tri/202104/bo-trach-2187516/", "2021-04"),
        ("http://a.vn/pages/thue/2021-10-04/lam-dong-112129.aspx", "2021-10-04"),
        ("https://www.thiennhien.net/2021/10/4/buon-ban-dat-rung/", "2021-10-04"),
        ("https://www.quochoitv.vn/thoi-su/2021/10/doan-dbqh/559522", "2021-10"),
        ("http://www.sggp.org.vn/thoisu/nam2006/thang4/98123/", "2006-04"),
        ("https://a.vn/2021/10/4/12", "2021-10-04"),
        ("https://nld.com.vn/thoi-su/clip-20211004164946965.htm", "2021-10-04"),
        ("https://afamily.vn/hoc-me-nhat-2021101816405165.chn", "2021-10-18"),
        ("https://a.vn/202110/clip-20211004164946965.htm", "2021-10-04"),
        ("https://a.vn/pages/2021-10-4/thong-bao.aspx", "2021-10-04"),
        ("https://a.vn/tin/4-10-2021/thong-bao-112129.aspx", "2021-10-04"),
        ("https://a.vn/20211004/thong-bao-11223344.html", "2021-10-04"),
        ("https://a.vn/04102021/thong-bao-11223344.html", "2021-10-04"),
        ("https://a.vn/2021-10/04/c_13102.htm", "2021-10-04"),
        ("https://a.vn/cach-ly-f1-20210926c6012345/", "2021-09-26"),
        ("https://a.vn/ho-tro/d20211022091530345.htm", "2021-10-22"),
        # 18 digits: three of the site, then year, month and day, or year, day and month
        ("https://suckhoedoisong.vn/delta-169211009081530224.htm", "2021-10-09"),
        ("https://cafef.vn/lai-suat-188231207104532123.chn", "2023-12-07"),
        ("https://cafef.vn/lai-suat-18823120710453212.chn", "2023-12-07"),
        ("https://cafebiz.vn/lai-suat-176231207104532123.chn", "2023-12-07"),
        ("https://baoxaydung.vn/duong-sat-192231207104532123.htm", "2023-12-07"),
        ("https://a.vn/delta-169211023081530224.htm", "2021-10-23"),
        ("https://a.vn/delta-169212310081530224.htm", "2021-10-23"),
        ("https://a.vn/delta-169211009081530224.htm", "2021"),
        # day before month, without leading zeros
        ("https://a.vn/chot-quyen-4220212310153012345.htm", "2021-10-23"),
        ("https://a.vn/mang-xa-hoi-402021210221132567.htm", "2021-10-02"),
        ("https://a.vn/lai-suat-422021111165530412.htm", "2021"),
    ],
)
def test_date_is_read_from_folders_and_article_numbers(url: str, published: str) -> None:
    found = describe_url(url).published
    assert found is not None
    assert found.isoformat() == published


@pytest.mark.parametrize(
    "url",
    [
        "https://a.vn/x/202113/y/",  # no such month
        "https://a.vn/x/2021-02-30/y/",  # no such day
        "https://a.vn/x/209901/y/",  # in the future
        "https://a.vn/x/199001/y/",  # before the web
        "https://a.vn/x-402031410221132567.htm",  # no time
        "https://a.vn/x-20211004254946965.htm",  # hour 25
        "https://cafef.vn/x-188241307104532123.chn",  # month 13
        "https://cafef.vn/x-18823120710453207.chn",  # milliseconds are not written so
        "https://cafef.vn/x-1882312071045327.chn",  # may be a Unix time
        "https://vn.example/x-18823120710453212.chn",  # of a site that is not known
        "https://cafebiz.vn/x-176241307104532123.chn",
        "https://baoxaydung.vn/x-192241307104532123.htm",
        "https://a.vn/x-1633320000000000.htm",  # Unix time
        "https://a.vn/cap-nhat-gia-tom-ngay-4-10-2021/",  # the event's date
        "https://m.vietnamfinance.vn/dau-mo-20180504224259411.htm",  # a counter
        "https://a.vn/x/202109/y-20211004164946965.htm",  # a contradiction
        "https://kqxs.vn/mien-bac/2021/06/12/",  # the day of a draw
        "https://lichvannien.vn/lich/2021/6/12.html",  # a page of a calendar
        "https://a.vn/x-123456.htm",
        "https://a.vn/slug/c/20210504.epi",  # a plain number
        "https://a.vn/xa-hoi/20210504/slug",  # the only number of the address
        "https://a.vn/x-20210504.html",
        "https://a.vn/gia-lon-hoi-hom-nay-04102021-23716.html",  # the event's date
        "https://a.vn/x-1634305000123.htm",  # Unix time in milliseconds
        "https://a.vn/x-1491880000",  # Unix time at which a counter began
        "https://a.vn/x-638251012134567890.htm",  # .NET ticks
        "https://a.vn/x-20201224000012345.html",  # an import on the first minute of a day
        "https://a.vn/goi-0909123456-ngay.html",  # a telephone
        "https://a.vn/-/2018/824077/bai",  # no month
    ],
)
def test_what_only_looks_like_a_date_is_none(url: str) -> None:
    assert describe_url(url).published is None


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://tuoitre.vn/x.htm", "Tuổi Trẻ"),
        ("https://cuoi.tuoitre.vn/x.htm", "Tuổi Trẻ Cười"),
        ("http://www.baoquangbinh.vn/chinh-tri/202104/x-1/", "Quảng Bình"),
        ("https://thitruong.nld.com.vn/x.htm", "Người Lao Động"),
        ("https://nottuoitre.vn/x.htm", ""),
        ("https://tuoitre.vn.example.com/x.htm", ""),
    ],
)
def test_publisher_is_known_by_the_domain(url: str, publisher: str) -> None:
    assert describe_url(url).publisher == publisher


def test_address_may_lack_its_scheme() -> None:
    url = "tuoitre.vn/the-thao/x-20211004112611538.htm"
    assert describe_url(url) == describe_url(f"https://{url}")


@given(st.text() | st.text().map("https://tuoitre.vn/".__add__))
def test_any_text_can_be_described(text: str) -> None:
    assert describe_url(text) == describe_url(text)


digits = st.text("0123456789", min_size=1, max_size=22)
folders = slugs | digits | st.sampled_from(["202110", "2021", "10", "4", "tin-tuc", "20211004"])


@given(path=st.lists(folders | st.tuples(slugs, digits).map("-".join), max_size=6))
def test_date_is_of_the_web_and_of_the_past(path: list[str]) -> None:
    found = describe_url(f"https://a.vn/{'/'.join(path)}.htm").published
    assert found is None or found.start.year >= 1997
    assert found is None or found.start <= datetime.now(VIETNAM)


@given(path=st.lists(folders, max_size=6))
def test_canonical_form_says_the_same(path: list[str]) -> None:
    url = f"https://www.tuoitre.vn/{'/'.join(path)}/"
    assert describe_url(canonical_url(url)) == describe_url(url)


@given(day=st.dates(date(2010, 1, 1), date(2024, 12, 31)), clock=st.integers(60, 86_399))
def test_stamp_gives_its_day(day: date, clock: int) -> None:
    moment = datetime.combine(day, time(clock // 3600, clock // 60 % 60, clock % 60))
    found = describe_url(f"https://a.vn/x-{moment:%Y%m%d%H%M%S}123.htm").published
    assert found is not None
    assert found.first_day == found.last_day == day


@given(
    day=st.dates(date(2015, 1, 1), date(2024, 12, 31)),
    clock=st.times(min_value=time(0, 1)),
    site=st.integers(1, 99),
)
def test_loose_stamp_gives_an_interval_that_holds_its_day(
    day: date, clock: time, site: int
) -> None:
    parts = (site, day.year, day.day, day.month, clock.hour, clock.minute, clock.second)
    number = "".join(map(str, (*parts, clock.microsecond // 1000)))
    found = describe_url(f"https://a.vn/x-{number}.htm").published
    assert found is None or found.first_day <= day <= found.last_day
