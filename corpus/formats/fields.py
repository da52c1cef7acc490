"""From the named values of a record to an article: names, gaps, and text that is whole."""

from collections import Counter
from collections.abc import Mapping
from typing import cast

from corpus.article import FIELD_NAMES, Article
from corpus.errors import ArticleError, OptionError
from corpus.formats.values import at_path, converted, known_names
from corpus.metadata import with_metadata
from corpus.text.cleaning import cleaned, without_boilerplate
from corpus.text.damage import damage_in
from corpus.text.markup import is_markup, plain, read_fragment
from corpus.text.mending import mend

_MOST_SHAPES = 1_000
_SHOWN_NAMES = 12
_SHOWN_TEXT = ("title", "lead", "body", "captions")


class Fields:
    """Makes articles from the records of one file, and notes what it took for what.

    Args:
        field_map: For fields of an article the name that the records have for it; a name
            inside of others is written ``meta.title``. Fields that are not mapped are
            recognised by their names (`corpus.formats.values.ALIASES`).

    Attributes:
        names: The name that was read for each field, where it is not the field's own.
        mended: How many records had text that was decoded wrongly before, by kind.
        boilerplate: How many paragraphs were left out as boilerplate.

    Raises:
        OptionError: A key of the map is no field of an article.
    """

    def __init__(self, field_map: Mapping[str, str] | None = None) -> None:
        self._map = dict(field_map or {})
        for field in self._map.keys() - set(FIELD_NAMES):
            raise OptionError(
                f"cannot map {field!r}: it is no field; there are {', '.join(FIELD_NAMES)}"
            )
        self._plans: dict[tuple[str, ...], dict[str, list[str]]] = {}
        self.names: dict[str, str] = {}
        self.mended: Counter[str] = Counter()
        self.boilerplate = 0

    def article(self, record: Mapping[str, object]) -> Article:
        """Make an article from a record's values; see `article_and_warnings`.

        Raises:
            ArticleError: If a value cannot be accepted.
        """
        return self.article_and_warnings(record)[0]

    def article_and_warnings(self, record: Mapping[str, object]) -> tuple[Article, list[str]]:
        """Make an article from a record's values.

        A single text is taken for a list of one, but as a body it is cut into paragraphs at its
        line breaks, or at the blocks of its HTML. The metadata is put in order and its gaps are
        filled by `corpus.metadata.with_metadata`.

        Returns:
            The article, and what is doubtful about its text and metadata, one sentence each.

        Raises:
            ArticleError: If a value cannot be accepted.
        """
        values = self._named(record)
        if not values.get("title"):
            raise ArticleError("title", self._no_title(record))
        values, warnings = with_metadata(self._whole(values))
        shown = [text for field in _SHOWN_TEXT for text in _texts(values.get(field))]
        if damage := damage_in(shown):
            warnings = [f"text: may be damaged: {damage}", *warnings]
        return Article.from_dict(values), warnings

    def columns(self, names: list[str]) -> list[str]:
        """Return those of a table's columns that are read for some field."""
        wanted = {path.partition(".")[0] for path in self._map.values()} | set(self._map.values())
        known = {name for given in known_names(names).values() for name in given}
        return [name for name in names if name in wanted or name in known]

    @property
    def mapped(self) -> list[str]:
        """The names that the user gave."""
        return list(self._map.values())

    def _named(self, record: Mapping[str, object]) -> dict[str, object]:
        """Return the values by the fields that they are for."""
        values: dict[str, object] = {}
        for field, names in self._plan(tuple(record)).items():
            for name in names:
                value = at_path(record, name) if field in self._map else record[name]
                if value is None or value == "" or value == []:
                    continue
                values[field] = converted(field, value)
                if name != field:
                    self.names.setdefault(field, name)
                break
        return values

    def _plan(self, keys: tuple[str, ...]) -> dict[str, list[str]]:
        plan = self._plans.get(keys)
        if plan is None:
            if len(self._plans) >= _MOST_SHAPES:
                self._plans.clear()
            mapped = {field: [name] for field, name in self._map.items()}
            taken = set(self._map.values())
            known = known_names([key for key in keys if key not in taken])
            plan = self._plans[keys] = known | mapped
        return plan

    def _no_title(self, record: Mapping[str, object]) -> str:
        reason = "is empty; an article needs a headline"
        if self._plan(tuple(record)).get("title"):
            return reason
        names = ", ".join(repr(name[:40]) for name in list(record)[:_SHOWN_NAMES])
        return f"{reason}, and none of {names} is known for one: map it to title"

    def _whole(self, values: dict[str, object]) -> dict[str, object]:
        """Mend and clean the texts, and take HTML apart."""
        values = self._mended(values)
        for field in ("title", "lead"):
            text = values.get(field)
            if isinstance(text, str):
                values[field] = cleaned(plain(text) if is_markup(text) else text)
        for field in ("source", "section", "topic"):
            text = values.get(field)
            if isinstance(text, str):
                values[field] = cleaned(text)
        for field in ("captions", "authors", "tags", "photographers", "credited"):
            if field in values:
                values[field] = _each_cleaned(values[field])
        if isinstance(body := values.get("body"), list):
            self._put_body(values, body)
        return values

    def _mended(self, values: dict[str, object]) -> dict[str, object]:
        texts = [text for value in values.values() for text in _texts(value)]
        mended = mend(texts)
        if not mended.was:
            return values
        self.mended[mended.was] += 1
        instead = dict(zip(texts, mended.texts, strict=True))
        return {
            field: [instead[item] if isinstance(item, str) else item for item in value]
            if isinstance(value, list)
            else instead[value]
            if isinstance(value, str)
            else value
            for field, value in values.items()
        }

    def _put_body(self, values: dict[str, object], body: list[object]) -> None:
        if any(isinstance(text, str) and is_markup(text) for text in body):
            fragment = read_fragment(
                "\n".join(
                    f"<p>{text}</p>" if len(body) > 1 and not is_markup(text) else text
                    for text in body
                    if isinstance(text, str)
                )
            )
            body = list(fragment.paragraphs)
            for field, found in (("captions", fragment.captions), ("authors", fragment.authors)):
                if found and field not in values:
                    values[field] = _each_cleaned(found)
        paragraphs = _each_cleaned(body)
        if all(isinstance(text, str) for text in paragraphs):
            kept, tags = without_boilerplate(cast("list[str]", paragraphs))
            self.boilerplate += len(paragraphs) - len(kept)
            paragraphs = list(kept)
            if tags and "tags" not in values:
                values["tags"] = tags
        values["body"] = paragraphs


def article_from_fields(record: Mapping[str, object]) -> Article:
    """Make an article from a single record's values; see `Fields.article`.

    Raises:
        ArticleError: If a value cannot be accepted.
    """
    return Fields().article(record)


def _each_cleaned(values: object) -> list[object]:
    if not isinstance(values, list):
        return cast("list[object]", values)
    return [cleaned(text) if isinstance(text, str) else text for text in values]


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
