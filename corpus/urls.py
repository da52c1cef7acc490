"""What the address of an article says: which article it is, its section, its date.

A wrong section or date is worse than none (facets and timelines are built on them), so what
is only probable is left empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from corpus.errors import PublicationDateError
from corpus.publication_date import VIETNAM, PublicationDate

# fmt: off
_TRACKING = frozenset({
    "_ga", "_gl", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "mc_cid",
    "mc_eid", "mkt_tok", "msclkid", "ttclid", "twclid", "wbraid", "yclid", "zarsrc",
})
# fmt: on

_SLUG = re.compile(r"(?=.*[a-z]{2})[a-z]+[0-9]{0,3}(?:-[a-z0-9]+)*")
_SYLLABLES_OF_A_SECTION = 6
# Folders that say "an article follows", not what it is about.
# fmt: off
_NO_SECTION = frozenset({
    "amp", "article", "articles", "bai-viet", "chi-tiet", "chuyen-muc", "content", "contents",
    "detail", "en", "index", "news", "node", "p", "page", "pages", "portal", "post", "posts",
    "tin", "tin-tuc", "vi", "vn", "web",
})
# fmt: on
# Folders below which no segment is a section of a newspaper.
_NO_NEWSPAPER = frozenset(
    {"author", "f", "forum", "forums", "tac-gia", "tag", "tags", "threads", "topic", "topics"}
)

_MONTH = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})")
_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
# A folder for the year, one for the month and perhaps one for the day: /2021/10/4/.
_FOLDERS = re.compile(r"/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})(?:/(?P<day>[0-9]{1,2}))?(?=/)")
# An article's number that is the time at which it was entered: 20211009130813666 is
# 2021-10-09 13:08:13.666; some systems write one millisecond digit fewer or one more.
_STAMP = re.compile(
    r"(?:^|-)(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9][0-9]{0,4}(?:\.[a-z]{2,5})?$"
)
# Their numbers went on counting from the moment at which an older archive was imported.
_STAMPS_ARE_COUNTERS = frozenset({"reatimes.vn", "vietnamfinance.vn"})
# No Vietnamese newspaper was on the web before the country was (November 1997).
_FIRST_YEAR_ON_THE_WEB = 1997


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlDescription:
    """What an address says about its article; what it does not say is empty.

    Attributes:
        section: The section's path in the paper, such as ``chinh-tri``.
        published: The day or month of publication.
    """

    section: str = ""
    published: PublicationDate | None = None


def canonical_url(url: str) -> str:
    """Return a form that is the same for all addresses of one page.

    It ignores the scheme, the port, ``www.``, the case of the host, a slash at the end, the
    fragment, parameters that only track readers (``utm_*``, ``fbclid``, …), the order of the
    others, and how letters are percent-encoded. It identifies a page and is no address.

    Raises:
        ValueError: If the address cannot be parsed.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    port = parts.port
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    page = host + unquote(parts.path).rstrip("/")
    if not parts.query:
        return page
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith("utm_")
    )
    return f"{page}?{urlencode(query)}" if query else page


def describe_url(url: str) -> UrlDescription:
    """Return what an address says about its article.

    Dates are read from a folder (``/202104/``, ``/2021-10-04/``, ``/2021/10/4/``,
    ``/2021/10/``) or from an article number that is a time (``-20211009130813666.htm``). A
    date that is impossible, in the future or from before the web is no date, and two that
    contradict each other are none. The section is the run of short slugs that the path
    begins with, without its last segment, which is the article itself.

    Raises:
        ValueError: If the address cannot be parsed.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    segments = [segment for segment in parts.path.split("/") if segment]
    return UrlDescription(
        section="/".join(_sections(segments)),
        published=_agreed(_dates(host, segments)),
    )


def _sections(segments: list[str]) -> list[str]:
    folders = [segment.lower() for segment in segments[:-1]]
    if segments and not re.search("[A-Za-z]{2}", segments[-1].partition(".")[0]):
        # The last segment is a number: the one before it may be the headline.
        folders = folders[:-1]
    folders = [folder for folder in folders if folder not in _NO_SECTION]
    if not _NO_NEWSPAPER.isdisjoint(folders):
        return []
    return list(takewhile(_may_be_section, folders))


def _may_be_section(folder: str) -> bool:
    return bool(_SLUG.fullmatch(folder)) and folder.count("-") < _SYLLABLES_OF_A_SECTION


def _dates(host: str, segments: list[str]) -> Iterator[PublicationDate]:
    """Yield every date that the path holds."""
    matches = [
        match
        for segment in segments[:-1]
        if (match := _MONTH.fullmatch(segment) or _DAY.fullmatch(segment))
    ]
    if folders := _FOLDERS.search("/" + "/".join(segments)):
        matches.append(folders)
    if segments and not _counts_in_stamps(host) and (stamp := _STAMP.search(segments[-1])):
        matches.append(stamp)
    now = datetime.now(VIETNAM)
    for match in matches:
        part = match.groupdict()
        year, month, day = int(part["year"]), int(part["month"]), part.get("day")
        try:
            found = (
                PublicationDate.of_month(year, month)
                if day is None
                else PublicationDate.of_day(year, month, int(day))
            )
        except PublicationDateError:
            continue
        if year >= _FIRST_YEAR_ON_THE_WEB and found.start <= now:
            yield found


def _counts_in_stamps(host: str) -> bool:
    return any(f".{host}".endswith(f".{site}") for site in _STAMPS_ARE_COUNTERS)


def _agreed(dates: Iterator[PublicationDate]) -> PublicationDate | None:
    """Return the most precise date if it lies within all the others."""
    ordered = sorted(dates, key=lambda found: found.precision, reverse=True)
    if not ordered:
        return None
    best = ordered[0]
    agree = all(found.start <= best.start and best.end <= found.end for found in ordered)
    return best if agree else None
