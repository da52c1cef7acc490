"""All that an address says about its article."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from corpus.papers import Papers
from corpus.publication_date import PublicationDate
from corpus.urls.dates import date_in
from corpus.urls.sections import section_in

LONGEST_URL = 5000
"""Of longer addresses nothing is said, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlDescription:
    """What an address says about its article; what it does not say is empty.

    Attributes:
        publisher: The canonical name of the paper.
        section: The section's path in the paper, such as ``chinh-tri``.
        published: The day, month or year of publication.
    """

    publisher: str = ""
    section: str = ""
    published: PublicationDate | None = None


_NOTHING = UrlDescription()


def describe_url(url: str, *, papers: Papers | None = None) -> UrlDescription:
    """Return what an address says about its article.

    The paper is known by its domain. Dates are read from folders (``/202104/``,
    ``/2021-10-04/``, ``/2021/10/4/``, …) or from an article number that is a time
    (``-20211009130813666.htm``); a date that is impossible, in the future or from before the
    web is no date, and two that contradict each other are none. The section is the run of
    short slugs that the path begins with, without the article itself.

    Any text may be asked; what is no address says nothing.

    Args:
        url: The address.
        papers: The papers that are known; those of the package if `None`.
    """
    if len(url) > LONGEST_URL:
        return _NOTHING
    url = url.strip()
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return _NOTHING
    if "." not in host:
        return _NOTHING
    segments = [segment for segment in unquote(parts.path).split("/") if segment.strip()]
    paper = (papers or Papers.known()).of_host(host)
    return UrlDescription(
        publisher=paper.name if paper else "",
        section=section_in(host, segments),
        published=date_in(host, segments),
    )
