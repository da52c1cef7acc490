"""Provenance: which source an article credits, and who took its pictures.

Read from what stands around the text, the lead's beginning and the closing lines, and from
captions; the text itself stays as it is. What is read, with X a paper or agency:

- closing lines ``Theo X``, ``(Theo X)``, ``Minh Anh (Theo X)``, ``Nguồn: X``, and for
  agencies ``(X)`` after the last sentence; also several: ``Theo AFP, Reuters``
- a lead that begins with an agency, ``(TTXVN) -``, or with ``Theo báo X,``; without ``báo``
  or the like only if X cannot be anything but a paper
- ``Ảnh: Y`` at the end of a caption or of a caption-like paragraph, with Y a person or X

``Theo ông Nam`` and ``Theo Bộ Y tế`` credit whom a sentence quotes, not whom the article is
taken from: X must be a paper or an agency that `Papers` knows, and no office of the state.
``(Nguồn: X)`` belongs to a picture and is not read.
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
    credited = [
        *_of_lead(_line(lead[:_LONGEST_LINE]), known),
        *(name for line in body[-_CLOSING_LINES:] for name in _of_closing(line, known)),
    ]
    photographers = [
        name for text in (*captions, *body, lead) for name in _photographers(text, known)
    ]
    return Provenance(
        credited=tuple(dict.fromkeys(credited)),
        photographers=tuple(dict.fromkeys(photographers)),
    )


# Credits

_BETWEEN = re.compile(r"\s*(?:[,;/]|\s[-–—]\s|\s+và\s+)\s*")
_AGENCY_FIRST = re.compile(r"\(?(?P<names>[^()–—,.:]{2,40}?)(?:\)\s*[-–—:.]|\)?\s[-–—]\s)")
_THEO = re.compile(
    r"Theo\s+(?:tin\s+(?:của|từ)\s+)?"
    r"(?P<medium>(?:tờ|báo|tạp\s+chí|hãng\s+(?:tin|thông\s+tấn)|đài|kênh|trang)\s+)?"
    r"(?P<names>[^,()]{2,40}),"
)
_CLOSING = (
    re.compile(r"(?:[^().:]{2,60}?\s*)?\(theo\s*:?\s+(?P<names>[^()]{2,80})\)\.?", re.IGNORECASE),
    re.compile(r"(?:theo|nguồn(?:\s+tin)?\s*:?)\s+(?P<names>[^():]{2,80}?)\.?", re.IGNORECASE),
)
_CLOSING_AGENCY = (
    re.compile(r".*[.!?…”\"]\s*\((?P<names>[^()]{2,40})\)\.?"),
    re.compile(r"\(?(?P<names>[^().:–—]{2,40})\)?"),
)
_SYNTHESIS = re.compile(r"\s*(?:tổng hợp|lược dịch|biên dịch|dịch|t/h|th)\s*$", re.IGNORECASE)
_FROM_ABROAD = frozenset({PaperKind.AGENCY, PaperKind.FOREIGN})
_NATIONAL = frozenset({PaperKind.BROADCASTER, PaperKind.CENTRAL})


def _of_lead(lead: str, papers: Papers) -> list[str]:
    if match := _AGENCY_FIRST.match(lead):
        return _credited(match["names"], papers, _is_agency)
    if match := _THEO.match(lead):
        return _credited(match["names"], papers, _is_paper if match["medium"] else _is_no_word)
    return []


def _of_closing(text: str, papers: Papers) -> list[str]:
    line = _line(text[-_LONGEST_LINE:])
    if len(line) <= _LONGEST_CLOSING:
        for form in _CLOSING:
            if match := form.fullmatch(line):
                return _credited(match["names"], papers, _is_paper)
    for form in _CLOSING_AGENCY:
        if match := form.fullmatch(line):
            return _credited(match["names"], papers, _is_agency)
    return []


def _credited(text: str, papers: Papers, accepts: Callable[[Paper], bool]) -> list[str]:
    """Return the canonical names in a text if it is nothing but papers that are accepted."""
    text = _SYNTHESIS.sub("", text.strip(" .,;"))
    whole = papers.find(text)
    found = [whole] if whole else [papers.find(name) for name in _BETWEEN.split(text)]
    known = [paper.name for paper in found if paper and accepts(paper)]
    return known if len(known) == len(found) else []


def _is_paper(paper: Paper) -> bool:
    return paper.kind is not PaperKind.GOVERNMENT


def _is_agency(paper: Paper) -> bool:
    return paper.kind is PaperKind.AGENCY


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
