"""Provenance: which source an article credits, and who took its pictures.

Read from what stands around the text, its beginning and the closing lines, and from captions;
the text itself stays as it is. What is read, with X a paper or agency:

- closing lines ``Theo X``, ``(Theo X)``, ``Minh Anh (Theo X)``, ``Theo X đưa tin``,
  ``Nguồn: X``, ``(Nguồn: X)``, ``Nguồn X: <address>``, ``Link bài gốc: <address of X>``, also
  with the writer before
  (``Theo Hoàng Nam/X``) and several: ``Theo AFP, Reuters``
- for agencies, closing lines ``(X)``, ``Hoàng Nam (X)``, ``Hoàng Nam/X``, and ``(X)`` at the end
  of the last sentence
- a lead or first paragraph that begins with an agency, ``(TTXVN) -`` or
  ``Hà Nội, 5/4 (TTXVN) -``
- a paragraph at the beginning or the end that begins with ``Theo báo X,``; at the beginning
  also without ``báo`` or the like, if X cannot be anything but a paper
- ``Ảnh: Y`` at the end of a caption or of a caption-like paragraph, with Y a person or X; and
  ``- Y`` at the end of a caption, if Y has a family name

``Theo ông Nam`` and ``Theo Bộ Y tế`` credit whom a sentence quotes, not whom the article is
taken from: X must be a paper or an agency that `Papers` knows, and no office of the state.
``(Nguồn: X)`` behind other words belongs to a picture and is not read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.papers import Paper, PaperKind, Papers

_CLOSING_LINES = 3
_LONGEST_LINE = 400
_LONGEST_CLOSING = 100
_LONGEST_PHOTO = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What an article says of where it is from.

    Attributes:
        credited: Canonical names of the papers and agencies that it credits, each once.
        photographers: Who took its pictures, each once.
    """

    credited: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()


def provenance_of(
    lead: str,
    body: Sequence[str],
    captions: Iterable[str] = (),
    *,
    papers: Papers | None = None,
) -> Provenance:
    """Return what the lead, the body and the captions of an article say of its origin.

    Args:
        lead: The lead.
        body: The paragraphs.
        captions: The captions that are known as such.
        papers: The papers that are known; those of the package if `None`.
    """
    known = papers or Papers.known()
    openings = (lead, *body[:1])
    closings = body[-_CLOSING_LINES:]
    credited = [
        *(name for text in openings for name in _of_opening(_line(text[:_LONGEST_LINE]), known)),
        *(name for text in closings for name in _of_closing(text, known)),
    ]
    captions = tuple(captions)
    photographers = [
        *(name for text in captions for name in _behind_dash(text, (lead, *body))),
        *(name for text in (*captions, *body, lead) for name in _photographers(text, known)),
    ]
    return Provenance(
        credited=tuple(dict.fromkeys(credited)),
        photographers=tuple(dict.fromkeys(photographers)),
    )


# Credits

_BETWEEN = re.compile(r"\s*(?:[,;/]|\s[-–—]\s|\s+và\s+)\s*")
_AGENCY_FIRST = re.compile(r"\(?(?P<names>[^()–—,.:]{2,40}?)(?:\)\s*[-–—:.]|\)?\s[-–—]\s)")
# A place, perhaps a day, and the agency: Hà Nội, 5/4 (TTXVN) -
_DATELINE = re.compile(
    r"(?P<before>[^\W\d_][\w\s.-]{1,30}?)"
    r"(?:,?\s*(?:ngày\s+)?[0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{4})?)?"
    r"\s*\((?P<names>[^()]{2,40})\)\s*[-–—:]"
)
_FROM_SOURCE = r"(?:(?:nguồn\s+)?tin\s+(?:của|từ)\s+)?"
_THEO = re.compile(
    rf"Theo\s+{_FROM_SOURCE}"
    r"(?P<medium>(?:tờ|báo|tạp\s+chí|hãng\s+(?:tin|thông\s+tấn)|đài|kênh|trang)\s+)?"
    r"(?P<names>[^,()]{2,40}?)(?P<reports>\s+(?:đưa\s+tin|đăng\s+tải))?,"
)
_CLOSING = (
    re.compile(r"(?:[^().:]{2,60}?\s*)?\(theo\s*:?\s+(?P<names>[^()]{2,80})\)\.?", re.IGNORECASE),
    re.compile(
        rf"(?:theo\s*:?\s+{_FROM_SOURCE}|nguồn(?:\s+tin)?\s*:?\s+)"
        r"(?P<names>[^():]{2,80}?)(?:\s+(?:đưa\s+tin|đăng\s+tải))?\.?",
        re.IGNORECASE,
    ),
)
# With an agency or a paper from abroad, it is a picture's.
_CLOSING_SOURCE = re.compile(
    r"\(nguồn(?:\s+tin)?\s*:\s*(?P<names>[^():]{2,80})\)\.?", re.IGNORECASE
)
_LINK = re.compile(
    r"(?:link|đường\s+dẫn|nguồn)(?:\s+nguồn)?(?:\s+bài)?(?:\s+viết)?(?:\s+gốc)?\s*:\s*"
    r"(?P<names>https?://\S+)",
    re.IGNORECASE,
)
_NAMED_LINK = re.compile(
    r"(?:theo|nguồn)\s*:?\s+(?P<names>[^():]{2,60}?)\s*:\s*https?://\S+", re.IGNORECASE
)
_IN_PARENTHESES = re.compile(
    r"(?P<before>[^()]*(?:\([^()]*\)[^()]*)*)\((?P<names>[^()]{2,40})\)\.?"
)
_ALONE = re.compile(r"(?P<names>[^().:–—]{2,40})")
_SYNTHESIS = re.compile(r"\s*(?:tổng hợp|lược dịch|biên dịch|dịch|t/h|th)\s*$", re.IGNORECASE)
_WRITER = re.compile(r"(?P<writer>[^/]{2,40})/(?P<names>.*)")
_FROM_ABROAD = frozenset({PaperKind.AGENCY, PaperKind.FOREIGN})
_NATIONAL = frozenset({PaperKind.BROADCASTER, PaperKind.CENTRAL})
_ENDS_OF_SENTENCES = frozenset('.!?…”"')
# The agency's own paper, which signs its news like an agency.
_SIGNS_LIKE_AN_AGENCY = "VietnamPlus"


def _of_opening(text: str, papers: Papers) -> list[str]:
    if match := _AGENCY_FIRST.match(text):
        return _credited(match["names"], papers, _is_agency)
    if match := _DATELINE.match(text):
        return _signed(match, papers)
    if match := _THEO.match(text):
        is_medium = match["medium"] or match["reports"]
        return _credited(match["names"], papers, _is_paper if is_medium else _is_no_word)
    return []


def _of_closing(text: str, papers: Papers) -> list[str]:
    line = _line(text[-_LONGEST_LINE:])
    if text.startswith("Theo "):
        match = _THEO.match(_line(text[:_LONGEST_LINE]))
        if match and match["medium"]:
            return _credited(match["names"], papers, _is_paper)
    if match := _LINK.fullmatch(line) or _NAMED_LINK.fullmatch(line):
        return _credited(match["names"], papers, _is_paper)
    if len(line) <= _LONGEST_CLOSING:
        for form in _CLOSING:
            if match := form.fullmatch(line):
                return _credited(match["names"], papers, _is_paper)
        if match := _CLOSING_SOURCE.fullmatch(line):
            return _credited(match["names"], papers, _is_paper_of_the_country)
    # Most paragraphs are told apart here, at a tenth of the cost.
    form = _IN_PARENTHESES if line.endswith((")", ").")) else _ALONE
    match = form.fullmatch(line)
    return _signed(match, papers) if match else []


def _signed(match: re.Match[str], papers: Papers) -> list[str]:
    """Return the agencies of a match, unless they only explain the words before them."""
    names = _credited(match["names"], papers, _is_agency)
    before = (match.groupdict().get("before") or "").strip()
    if not names or not before:
        return names
    is_sentence = before[-1] in _ENDS_OF_SENTENCES or _is_person(before)
    for paper in filter(None, map(papers.find, names)):
        spellings = (paper.name, *paper.aliases)
        if any(before.casefold().endswith(spelling.casefold()) for spelling in spellings):
            return []
        if paper.kind is not PaperKind.AGENCY and not is_sentence:
            return []
    return names


def _credited(text: str, papers: Papers, accepts: Callable[[Paper], bool]) -> list[str]:
    """Return the canonical names in a text if it is nothing but papers that are accepted.

    The name of a writer may stand before them: ``Hoàng Nam/TTXVN``.
    """
    text = _SYNTHESIS.sub("", text.strip(" .,;"))
    whole = papers.find(text)
    if not whole and (match := _WRITER.fullmatch(text)):
        writer = match["writer"].strip()
        if _is_person(writer) and not papers.find(writer):
            return _credited(match["names"], papers, accepts)
    found = [whole] if whole else [papers.find(name) for name in _BETWEEN.split(text)]
    known = [paper.name for paper in found if paper and accepts(paper)]
    return known if len(known) == len(found) else []


def _is_paper(paper: Paper) -> bool:
    return paper.kind is not PaperKind.GOVERNMENT


def _is_paper_of_the_country(paper: Paper) -> bool:
    return _is_paper(paper) and paper.kind not in _FROM_ABROAD


def _is_agency(paper: Paper) -> bool:
    return paper.kind is PaperKind.AGENCY or paper.name == _SIGNS_LIKE_AN_AGENCY


def _is_no_word(paper: Paper) -> bool:
    """Tell whether a name means the paper wherever it stands: VnExpress does, Thanh tra not."""
    return paper.kind in _FROM_ABROAD or (paper.kind in _NATIONAL and paper.name.isascii())


# Photographers

_PHOTO = re.compile(
    r"(?:^|[\s(.,;–—-])(?:ảnh|hình)(?:\s+và\s+clip)?\s*:\s*(?P<names>[^():;]{2,60}?)"
    r"(?:\s[-–—]\s*(?:đồ\s+họa|nguồn|clip)\b.*)?\s*\)?\s*[.;]?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^(?:báo|tờ|hãng|trang|kênh|đài)\s+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.\s?)+[^\W\d_]{1,12}\.?")
_NO_PHOTOGRAPHER = re.compile(
    r"\b(?:internet|facebook|fb|twitter|instagram|youtube|tiktok|weibo|google|zalo|mạng|clip|video"
    r"|camera|minh\s+h[oọ][aạ]|tư\s+liệu|cung\s+cấp|nhân\s+vật|nvcc|ctv|tl|t\.l|cắt|chụp|công\s+an|csgt"
    r"|bộ|sở|cục|ban|ubnd|viện|trung\s+tâm|tập\s+đoàn|công\s+ty|bệnh\s+viện|th(?:pt|cs)|đh|đại\s+học|nguồn"
    r"|sưu\s+tầm|tổng\s+hợp|wikipedia|bạn\s+đọc|người\s+dân|gia\s+đình|đồ\s+họa|đồ\s+hoạ|pv|nsx)\b",
    re.IGNORECASE,
)
_PERSON_WORDS = range(2, 6)
# A name behind a dash may be a place, a team, the other half of a pair. Family names that also
# begin names of places (Hà, Hồ, Lý, Thái) are left out, and so are captions that tell of roads.
_BEHIND_DASH = re.compile(
    r"(?P<before>.*\S)\s[-–—]\s"
    r"(?P<name>(?:Bùi|Đặng|Đỗ|Dương|Hoàng|Huỳnh|Lê|Ngô|Nguyễn|Phạm|Phan|Trần|Võ|Vũ)(?:\s\w+){1,3})"
)
_ROAD = re.compile(
    r"\b(?:đường|phố|đại\s+lộ|giao\s+lộ|ngã|nút|tuyến|hầm|cầu|ga|quận|phường|đoạn|hướng)\b",
    re.IGNORECASE,
)
_SHORTEST_CAPTION = 6


def _behind_dash(caption: str, article: Sequence[str]) -> Iterator[str]:
    """Yield the person behind the last dash of a caption if the article is not about them."""
    match = _BEHIND_DASH.fullmatch(_line(caption)) if len(caption) <= _LONGEST_LINE else None
    if (
        match
        and len(match["before"].split()) >= _SHORTEST_CAPTION
        and _is_person(match["name"])
        and not _ROAD.search(match["before"])
        and not any(match["name"] in text for text in (match["before"], *article))
    ):
        yield match["name"]


def _photographers(text: str, papers: Papers) -> Iterator[str]:
    end = text[-_LONGEST_PHOTO:]
    # Most paragraphs are told apart here, at a tenth of the cost.
    match = _PHOTO.search(_line(end)) if ":" in end else None
    if not match:
        return
    for name in _BETWEEN.split(match["names"]):
        name = _FROM.sub("", name.strip(" .,-–—"))
        if not name or _NO_PHOTOGRAPHER.search(name):
            continue
        if paper := papers.find(name):
            yield paper.name
        elif _is_person(name):
            yield _in_title_case(name)


def _is_person(name: str) -> bool:
    if _INITIALS.fullmatch(name):
        return True
    words = name.split()
    return len(words) in _PERSON_WORDS and all(
        word[0].isupper() and all(c.isalpha() or c in ".-'’" for c in word) for word in words
    )


def _in_title_case(name: str) -> str:
    """Write ``QUANG ĐỊNH`` like ``Quang Định``, so that both count as one."""
    if not name.isupper() or "." in name:
        return name
    return " ".join(word[0] + word[1:].lower() for word in name.split())


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
