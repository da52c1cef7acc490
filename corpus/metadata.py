"""The metadata of a record, put in order before an article is made of it.

One place decides what the facets are worth: papers get their canonical names, dates that
cannot be are taken out and reported, gaps are filled from the address, the topic follows from
the section, and the origin is read from the text.
"""

from collections.abc import Mapping
from typing import cast

from corpus.papers import Papers
from corpus.provenance import provenance_of
from corpus.publication_date import checked_date
from corpus.topics import topic_of
from corpus.urls import describe_url


def with_metadata(
    values: Mapping[str, object], *, papers: Papers | None = None
) -> tuple[dict[str, object], list[str]]:
    """Return the values of an article's fields with their metadata in order.

    - ``published``: a date that is impossible or in the future goes, with a warning; a stamp
      in UTC or a Unix time becomes a time in Vietnam.
    - ``source``: the canonical name, if the paper is known; else it stays.
    - ``source``, ``section``, ``published``: where missing, what the address says.
    - ``topic``: one of the topics; one that is none of them is the section, where that is
      missing. Where missing, that of the section.
    - ``credited``, ``photographers``: what is given, in canonical names, and what the text
      says; the paper itself is not credited.

    Values of a wrong kind stay, for `Article.from_dict` to refuse.

    Args:
        values: The values by the names of an article's fields.
        papers: The papers that are known; those of the package if `None`.

    Returns:
        The values, and what was wrong with them, one sentence each.
    """
    known = papers or Papers.known()
    result = dict(values)
    warnings: list[str] = []
    if "published" in result:
        date, wrong = checked_date(result.pop("published"))
        if wrong:
            warnings.append(f"published: {wrong}; the article is kept without it")
        elif date:
            result["published"] = date
    _fill_from_url(result, known)
    if isinstance(source := result.get("source"), str):
        result["source"] = _canonical(source, known)
    _put_topic(result)
    _add_provenance(result, known)
    return result, warnings


def _fill_from_url(values: dict[str, object], papers: Papers) -> None:
    url = values.get("url")
    if not isinstance(url, str):
        return
    told = describe_url(url, papers=papers)
    for name, value in (
        ("source", told.publisher),
        ("section", told.section),
        ("published", told.published),
    ):
        if value and not values.get(name):
            values[name] = value


def _put_topic(values: dict[str, object]) -> None:
    topic = values.get("topic")
    if isinstance(topic, str) and topic:
        if known := topic_of(topic):
            values["topic"] = known
        elif not values.get("section"):
            values["section"] = values.pop("topic")
    elif isinstance(section := values.get("section"), str):
        values["topic"] = topic_of(section)


def _canonical(name: str, papers: Papers) -> str:
    paper = papers.find(name)
    return paper.name if paper else name


def _add_provenance(values: dict[str, object], papers: Papers) -> None:
    lead = values.get("lead", "")
    texts = [values.get(name) or () for name in ("body", "captions")]
    given = [values.get(name) or () for name in ("credited", "photographers")]
    if not isinstance(lead, str) or not all(map(_is_list_of_texts, (*texts, *given))):
        return
    body, captions = cast("list[list[str]]", texts)
    found = provenance_of(lead, body, captions, papers=papers)
    for name, names, more in zip(
        ("credited", "photographers"),
        cast("list[list[str]]", given),
        (found.credited, found.photographers),
        strict=True,
    ):
        every = dict.fromkeys([*(_canonical(one, papers) for one in names), *more])
        if name == "credited":
            every.pop(str(values.get("source", "")), None)
        if every:
            values[name] = tuple(every)


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
