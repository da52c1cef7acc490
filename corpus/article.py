"""The article: the value that readers produce and that everything else works on.

Two kinds of text are kept apart. What is *shown* (title, lead, body, captions) stays as the
author wrote it, down to its Unicode form: only white space at the ends, empty paragraphs and
control characters go. What is *counted* (source, section, topic, authors, photographers,
credited, tags) is put into one spelling of its characters, so that equal values are equal.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Self, cast
from urllib.parse import urlsplit

from corpus.errors import ArticleError, PublicationDateError
from corpus.publication_date import PublicationDate
from corpus.urls import canonical_url

ID_LENGTH = 200
"""The greatest length of an id, in characters."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SCHEMES = ("http://", "https://")
_LINE_BREAK = re.compile("[\t\n\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article.

    Every field is validated and put in order when the article is made, so that whoever holds
    an `Article` holds a good one. Lists are accepted in place of tuples.

    Attributes:
        id: What identifies the article, at most 200 printable characters. Derived when
            empty: from the canonical form of the URL, else from title, lead and body; the
            same over runs and machines.
        title: The headline, on one line; never empty.
        lead: The opening summary (sapo).
        body: The paragraphs, without the captions.
        captions: The captions of its pictures, each once.
        authors: Who wrote it, as in the byline.
        source: The paper that published it.
        url: Its address, beginning with ``http://`` or ``https://``.
        section: The paper's own section, such as ``chinh-tri``.
        published: When it was published, or `None` if that is not known.
        tags: Key words.
        topic: What it is about, by one of the names that all papers share, such as
            ``Chính trị``; see `corpus.topic_of`.
        photographers: Who took its pictures, or the agency that they come from.
        credited: The papers and agencies that it credits as its own source (``Theo …``,
            ``Nguồn …``), which are not the paper that published it.

    Raises:
        ArticleError: If a value cannot be accepted; says which field, why, and how to mend
            it.
    """

    id: str = ""
    title: str
    lead: str = ""
    body: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    section: str = ""
    published: PublicationDate | None = None
    tags: tuple[str, ...] = ()
    topic: str = ""
    photographers: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        put = object.__setattr__  # the only way to finish the fields of a frozen instance
        title = _one_line(_shown("title", self.title))
        if not title:
            raise ArticleError("title", "is empty; an article needs a headline")
        put(self, "title", title)
        put(self, "lead", _shown("lead", self.lead))
        put(self, "body", _all_shown("body", self.body))
        put(self, "captions", tuple(dict.fromkeys(_all_shown("captions", self.captions))))
        put(self, "authors", _all_counted("authors", self.authors))
        put(self, "source", _counted("source", self.source))
        put(self, "url", _address(self.url))
        put(self, "section", _counted("section", self.section))
        put(self, "tags", _all_counted("tags", self.tags))
        put(self, "topic", _counted("topic", self.topic))
        put(self, "photographers", _all_counted("photographers", self.photographers))
        put(self, "credited", _all_counted("credited", self.credited))
        if self.published is not None and not isinstance(self.published, PublicationDate):
            raise ArticleError(
                "published", f"must be a PublicationDate or None, not {_kind(self.published)}"
            )
        put(self, "id", valid_id(self.id) if self.id != "" else _derived_id(self))

    def to_dict(self) -> dict[str, object]:
        """Return all fields as values that JSON can hold; `from_dict` reads them back."""
        values: dict[str, object] = {}
        for name in FIELD_NAMES:
            value = getattr(self, name)
            values[name] = list(value) if isinstance(value, tuple) else value
        values["published"] = None if self.published is None else self.published.isoformat()
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> Self:
        """Make an article from the values of its fields, as JSON gives them.

        A missing or null value is an empty one. An ``id`` may be a whole number, and
        ``published`` is a text that `PublicationDate.parse` reads, or a year.

        Raises:
            ArticleError: If a value cannot be accepted, or a key is no field of an article.
        """
        given = {name: value for name, value in values.items() if value is not None}
        for name in given.keys() - set(FIELD_NAMES):
            raise ArticleError(name, f"is no field; there are {', '.join(FIELD_NAMES)}")
        given.setdefault("title", "")
        article_id = given.get("id")
        if type(article_id) is int:
            given["id"] = str(article_id)
        elif article_id is not None and not isinstance(article_id, str):
            raise ArticleError("id", f"must be a text or a whole number, not {_kind(article_id)}")
        published = given.get("published")
        if isinstance(published, str):
            given["published"] = _parsed_date(published)
        elif isinstance(published, int) and not isinstance(published, bool):
            given["published"] = _parsed_date(str(published))
        elif published is not None and not isinstance(published, PublicationDate):
            raise ArticleError(
                "published", f"must be a text such as 2021-04-08, not {_kind(published)}"
            )
        return cls(**cast("dict[str, Any]", given))

    @classmethod
    def restore(cls, values: Mapping[str, object]) -> Self:
        """Make an article again from what its `to_dict` gave, which an index has kept.

        Several times as fast as `from_dict`: the values were put in order when the article was
        first made, so only their kinds are looked at, and that the address is one.

        Raises:
            ArticleError: If a value is not of the kind that `to_dict` gives.
        """
        article = cls.__new__(cls)
        put = object.__setattr__
        for name, kind in _STORED_KINDS:
            value = values.get(name)
            if type(value) is not kind:
                raise ArticleError(name, f"must be a {kind.__name__}, not {_kind(value)}")
            if kind is list:
                if value and set(map(type, value)) != _TEXTS_ONLY:
                    raise ArticleError(name, "must be a list of texts")
                value = tuple(value)
            put(article, name, value)
        published = values.get("published")
        if not isinstance(published, str | None):
            raise ArticleError("published", f"must be a text or null, not {_kind(published)}")
        known = None if published is None else _known_date(published)
        object.__setattr__(article, "published", known)
        if not article.title:
            raise ArticleError("title", "is empty; an article needs a headline")
        if article.url and not article.url.lower().startswith(_SCHEMES):
            raise ArticleError("url", f"{article.url[:80]!r} must begin with http:// or https://")
        return article


FIELD_NAMES = tuple(field.name for field in fields(Article))
"""The names of an article's fields, in their order."""

_STORED_KINDS = tuple(
    (field.name, str if field.type is str else list)
    for field in fields(Article)
    if field.name != "published"
)
_TEXTS_ONLY = {str}


@lru_cache(maxsize=4096)
def _known_date(text: str) -> PublicationDate | None:
    """Read a stored date; those of one page of results tend to come again."""
    return _parsed_date(text)


def _shown(field: str, value: object) -> str:
    """Check a text that is shown; its characters stay as they are."""
    if not isinstance(value, str):
        raise ArticleError(field, f"must be a text, not {_kind(value)}")
    # Nearly all texts are printable, and this is several times faster than a search for
    # what is not.
    if not value.isprintable():
        value = _without_controls(field, value)
    return value.strip()


def _counted(field: str, value: object) -> str:
    """Check a text that is a value of a facet: one spelling, one space between words."""
    text = _shown(field, value)
    return " ".join(unicodedata.normalize("NFC", text).split()) if text else ""


def _one_line(text: str) -> str:
    if text.isprintable():
        return text
    return " ".join(part for line in _LINE_BREAK.split(text) if (part := line.strip()))


def _all_shown(field: str, values: object) -> tuple[str, ...]:
    return tuple(_checked(field, values, _shown))


def _all_counted(field: str, values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_checked(field, values, _counted)))


def _checked(field: str, values: object, check: Callable[[str, object], str]) -> list[str]:
    """Check each text of a list; those that are empty go."""
    if not isinstance(values, tuple | list):
        raise ArticleError(field, f"must be a list of texts, not {_kind(values)}")
    texts = []
    for position, value in enumerate(values, 1):
        try:
            text = check(field, value)
        except ArticleError as error:
            raise ArticleError(field, f"item {position} {error.reason}") from None
        if text:
            texts.append(text)
    return texts


def _without_controls(field: str, text: str) -> str:
    if bad := _SURROGATE.search(text):
        raise ArticleError(
            field,
            f"has half a character (lone surrogate U+{ord(bad.group()):04X}) at position "
            f"{bad.start()}; the text was cut or badly converted: export it again as UTF-8",
        )
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _address(value: object) -> str:
    url = _shown("url", value)
    if not url:
        return ""
    if not url.lower().startswith(_SCHEMES):
        raise ArticleError(
            "url", f"{url[:80]!r} must begin with http:// or https://; or leave it out"
        )
    if not url.isprintable() or " " in url or "\\" in url:
        raise ArticleError("url", f"{url[:80]!r} has spaces or backslashes; write them %20, %5C")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # a bad port is only noticed when it is asked for
    except ValueError as error:
        raise ArticleError("url", f"{url[:80]!r} is no address: {error}") from error
    if not host or "@" in parts.netloc:
        raise ArticleError("url", f"{url[:80]!r} must name a host, and no user")
    return url


def valid_id(value: object) -> str:
    """Return an id as it is.

    Raises:
        ArticleError: No article can have it.
    """
    if not isinstance(value, str):
        raise ArticleError("id", f"must be a text, not {_kind(value)}")
    if len(value) > ID_LENGTH:
        raise ArticleError(
            "id", f"has {len(value)} characters, more than {ID_LENGTH}; shorten or omit it"
        )
    if not value.isprintable() or value != value.strip():
        raise ArticleError(
            "id", f"{value!r} has invisible characters or spaces at its ends; remove them"
        )
    return value


def _derived_id(article: Article) -> str:
    """Return 64 bits of BLAKE2b, in hexadecimal, of the address or else of the text.

    Among 20 million articles the chance that any two share one is about 1 in 100,000.
    """
    if article.url:
        key = f"url {canonical_url(article.url)}"
    else:
        text = " ".join((article.title, article.lead, *article.body))
        key = f"text {' '.join(unicodedata.normalize('NFC', text).split())}"
    return blake2b(key.encode(), digest_size=8).hexdigest()


def _parsed_date(text: str) -> PublicationDate | None:
    if not text.strip():
        return None
    try:
        return PublicationDate.parse(text)
    except PublicationDateError as error:
        raise ArticleError("published", str(error)) from error


def _kind(value: object) -> str:
    """Name the type of a value in the words of JSON, which most records come from."""
    names: dict[type, str] = {
        type(None): "null",
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a single text",
        dict: "an object",
        list: "a list",
        tuple: "a list",
    }
    return names.get(type(value), type(value).__name__)
