"""The page of one article, with what a search found in it marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Final

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from corpus import Article
from indexer import Passage, QueryError, Story
from webapp.labels import facet_value_label
from webapp.language import gettext
from webapp.live_index import live_index
from webapp.operations.deadline import seconds_left
from webapp.pages.citation import FORMATS, plain_citation
from webapp.pages.same_day import same_day
from webapp.url_state import SearchState, read_state

blueprint = Blueprint("article", __name__)

RELATED: Final = 5
"""How many related articles an article leads to."""

STORY_SHOWN: Final = 100
"""How many articles of its story an article lists."""


@blueprint.get("/bai/<article_id:article_id>")
def article(article_id: str) -> str:
    """Show an article; the address carries the search that led to it."""
    state, _ = read_state(request.args)
    with live_index().lend() as index:
        found = index.article(article_id)
        if found is None:
            abort(
                404,
                gettext("Trong chỉ mục không có bài này. Có thể bài đã bị gỡ, hoặc địa chỉ sai."),
            )
        try:
            marked = index.mark(
                found,
                state.query,
                marks=state.marks,
                abbreviations=state.abbreviations,
                timeout=seconds_left(),
            )
        except QueryError:
            # The text is readable all the same; the results page says what is wrong.
            marked = index.mark(found, "")
        related = index.related(article_id, RELATED, timeout=seconds_left())
        story = index.story(article_id)
        context = same_day(index, found)
        updated = index.created
    numbers = count(1)
    title, lead = _html(marked.title, numbers), _html(marked.lead, numbers)
    captions = [_html(passage, numbers) for passage in marked.captions]
    body = [_html(passage, numbers) for passage in marked.body]
    return render_template(
        "article.html",
        article=found,
        title=title,
        lead=lead,
        captions=captions,
        body=body,
        state=state,
        matches=next(numbers) - 1,
        facets=_facet_links(found),
        related=related,
        story=story if story and len(story.articles) > 1 else None,
        first_note=_first_note(story) if story else "",
        story_shown=STORY_SHOWN,
        same_day=context,
        updated=updated,
        citation=plain_citation(found),
        citation_formats={name: label for name, (label, *_) in FORMATS.items()},
    )


def _first_note(story: Story) -> str:
    """Say as much of the first article of a story as its dates do."""
    if story.certain:
        return gettext("đăng đầu tiên")
    return gettext("có thể đăng đầu tiên") if story.earliest.published else ""


def _html(passage: Passage | None, numbers: Iterator[int]) -> Markup | None:
    """Give a passage as HTML whose marks have names, by which they are stepped through."""
    if passage is None:
        return None
    # A passage escapes its text itself, so no text is taken for a mark.
    first, *others = passage.html.split("<mark>")
    named = (f'<mark id="khop-{next(numbers)}" tabindex="-1">{other}' for other in others)
    return Markup(first + "".join(named))  # noqa: S704


def _facet_links(article: Article) -> dict[str, list[tuple[str, SearchState]]]:
    values = {
        "source": (article.source,) if article.source else (),
        "topic": (article.topic,) if article.topic else (),
        "section": (article.section,) if article.section else (),
        "author": article.authors,
        "tag": article.tags,
        "credited": article.credited,
        "photographer": article.photographers,
    }
    return {
        name: [
            (facet_value_label(name, value), SearchState(filters={name: (value,)}))
            for value in given
        ]
        for name, given in values.items()
    }
