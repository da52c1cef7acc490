"""What a saved page says of its article for machines: JSON-LD, OpenGraph, ``<time>``.

Sources: schema.org/NewsArticle, ogp.me, and the HTML standard for ``meta``, ``time`` and
``link``. Where they differ, JSON-LD wins over OpenGraph, and that over the rest.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping

_LONGEST_SCRIPT = 1 << 20
_MOST_NODES = 2_000
_JSON_LD = re.compile(
    r"<script\b[^<>]{0,500}?application/ld\+json[^<>]{0,500}+>(.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"""<(meta|link|time|html)\s((?:[^<>"']++|"[^"]{0,20000}+"|'[^']{0,20000}+')*+)>""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z][a-zA-Z:-]{0,40})\s*=\s*(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++))"""
)
_TITLE = re.compile(r"<(title|h1)\b[^<>]{0,1000}+>([^\0]{1,2000}?)</\1\s*>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*+>")
_ARTICLES = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting"}
    | {"OpinionNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting", "Report"}
)

# Which names of `meta` tell a field, the best first.
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title"),
    "lead": ("og:description", "description", "twitter:description"),
    "url": ("og:url",),
    "source": ("og:site_name", "application-name", "dc.publisher", "copyright"),
    "published": ("article:published_time", "pubdate", "article:published", "dc.date.issued"),
    "section": ("article:section",),
    "authors": ("article:author", "author", "dc.creator"),
    "tags": ("article:tag", "news_keywords", "keywords"),
}


def metadata(page: str) -> dict[str, object]:
    """Return the values of an article's fields, as far as the page states them."""
    found: dict[str, object] = {}
    for node in _json_ld(page):
        for field, value in _from_node(node).items():
            found.setdefault(field, value)
    meta, canonical, times = _tags(page)
    for field, names in _META.items():
        for name in names:
            # An author is often the address of a profile.
            values = [v for v in meta.get(name, []) if field != "authors" or "://" not in v]
            if values:
                found.setdefault(field, values if field in ("authors", "tags") else values[0])
                break
    if canonical:
        found.setdefault("url", canonical)
    if times:
        found.setdefault("published", times[0])
    titles = {match[1].lower(): _text(match[2]) for match in _TITLE.finditer(page[: 1 << 20])}
    if title := titles.get("h1") or titles.get("title"):
        found.setdefault("title", title)
    tags = found.get("tags")
    if isinstance(tags, list) and len(tags) == 1:
        found["tags"] = tags[0]  # a list in one text
    return found


def _tags(page: str) -> tuple[dict[str, list[str]], str, list[str]]:
    """Return the values of ``meta`` by their names, the canonical address, and times."""
    meta: dict[str, list[str]] = {}
    canonical = ""
    times: list[str] = []
    for match in _TAG.finditer(page):
        attributes = {
            found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(match[2])
        }
        tag = match[1].lower()
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name")
            name = name or attributes.get("itemprop", "")
            if value := attributes.get("content", "").strip():
                meta.setdefault(name.lower(), []).append(value)
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            canonical = attributes.get("href", "").strip()
        elif tag == "time" and (moment := attributes.get("datetime", "").strip()):
            times.append(moment)
    return meta, canonical, times


def _json_ld(page: str) -> Iterator[Mapping[str, object]]:
    """Yield the nodes of the page's JSON-LD that are articles."""
    for match in _JSON_LD.finditer(page):
        if len(match[1]) > _LONGEST_SCRIPT:
            continue
        try:
            waiting: list[object] = [json.loads(match[1].strip(), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                kinds = node.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and kind in _ARTICLES for kind in kinds):
                    yield node
                waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _from_node(node: Mapping[str, object]) -> dict[str, object]:
    page = node.get("mainEntityOfPage")
    address = page.get("@id") if isinstance(page, Mapping) else page
    author = node.get("author")
    authors = [_name(one) for one in (author if isinstance(author, list) else [author])]
    values = {
        "title": _name(node.get("headline")),
        "lead": _name(node.get("description")),
        "url": _name(node.get("url")) or _name(address),
        "source": _name(node.get("publisher")),
        "published": _name(node.get("datePublished")),
        "section": _name(node.get("articleSection")),
        "authors": [name for name in authors if name and "://" not in name],
        "tags": node.get("keywords"),
    }
    return {field: value for field, value in values.items() if value}


def _name(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _text(fragment: str) -> str:
    return " ".join(html.unescape(_TAGS.sub("", fragment)).split())
