"""A feed of articles (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from corpus import Article, Precision, PublicationDate
from webapp.links import external_url

MEDIA_TYPE: Final = "application/atom+xml"

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_OURS: Final = UUID("6e0b7c52-5d0e-5c1f-9a34-0d2f9a1f7b11")
"""Names ids of feeds and entries, which stay when a site moves to another address."""

_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a feed.

    Attributes:
        article: The article.
        published: Its date.
        page: Address of its page.
    """

    article: Article
    published: PublicationDate
    page: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.

    Attributes:
        name: Identifies it: the same for the same search.
        title: Its title.
        updated: When what it is made of last changed; timezone-aware.
        address: Its own address.
        page: Address of the page that shows the same search.
        entries: The newest first.
    """

    name: str
    title: str
    updated: datetime
    address: str
    page: str
    entries: Iterable[Entry]


def atom_feed(feed: Feed) -> bytes:
    """Write a feed as XML.

    An entry must say when it was updated: that is the beginning of the day, month or year on which
    the article was published, or its time. `published` is given only where the day is known.
    """
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "vi"})
    _text(root, "id", _urn("feed", feed.name))
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated.isoformat())
    _text(ET.SubElement(root, "author"), "name", "tìm báo")
    _text(root, "generator", "timbao")
    ET.SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": feed.address})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for entry in feed.entries:
        _add(root, entry)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(root: ET.Element, entry: Entry) -> None:
    article, moment = entry.article, entry.published.start.isoformat()
    element = ET.SubElement(root, "entry")
    _text(element, "id", _urn("article", article.id))
    _text(element, "title", article.title)
    _text(element, "updated", moment)
    if entry.published.precision >= Precision.DAY:
        _text(element, "published", moment)
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.page})
    if original := external_url(article.url):
        ET.SubElement(element, "link", {"rel": "via", "href": _clean(original)})
    for name in article.authors or ((article.source,) if article.source else ()):
        _text(ET.SubElement(element, "author"), "name", name)
    for value in filter(None, (article.topic, *article.tags)):
        ET.SubElement(element, "category", {"term": _clean(value)})
    if summary := article.lead or next(iter(article.body), ""):
        _text(element, "summary", summary)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """Replace characters that XML cannot hold, not even escaped."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _urn(kind: str, name: str) -> str:
    return uuid5(_OURS, f"{kind} {name}").urn
