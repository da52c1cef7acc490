from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, canonical_url, describe_url

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
        ("https://giaoducthoidai.vn/du-hoc/phan-lan-upx4z8d7R.html", "du-hoc"),
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
        ("https://nld.com.vn/thoi-su/clip-20211004164946965.htm", "2021-10-04"),
        ("https://afamily.vn/hoc-me-nhat-2021101816405165.chn", "2021-10-18"),
        ("https://a.vn/202110/clip-20211004164946965.htm", "2021-10-04"),
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
        "https://a.vn/x-1633320000000000.htm",  # Unix time
        "https://a.vn/cap-nhat-gia-tom-ngay-4-10-2021/",  # the event's date
        "https://m.vietnamfinance.vn/dau-mo-20180504224259411.htm",  # a counter
        "https://a.vn/x/202109/y-20211004164946965.htm",  # a contradiction
        "https://a.vn/x-123456.htm",
    ],
)
def test_what_only_looks_like_a_date_is_none(url: str) -> None:
    assert describe_url(url).published is None
