"""Writing which articles tell the same story.

Only articles of stories with several ones carry more than their own ordinal. The documents whose
story changes are written again as they are, with another story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from indexer.deadline import NO_DEADLINE
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.documents import Document, with_derived
from indexer.engines.opensearch.reading import walk
from indexer.engines.opensearch.writer import OpenSearchWriter

_NAMED_AT_ONCE = 1_000


def tell_stories(connection: Connection, index: str, earliest: Mapping[int, int]) -> int:
    """Write the stories of an index, whatever they were before.

    Args:
        connection: The cluster.
        index: Name of the index of articles, whose changes are all visible.
        earliest: By ordinal the ordinal of the earliest article of its story; articles that are
            not there are stories of their own.

    Returns:
        How many articles changed.
    """
    sizes = Counter(earliest.values())
    wanted = {own: story for own, story in earliest.items() if sizes[story] > 1}
    known = _told(connection, index)
    changed = [own for own in wanted if known.get(own) != wanted[own]]
    changed += [own for own in known if own not in wanted]
    writer = OpenSearchWriter(connection, index)
    for start in range(0, len(changed), _NAMED_AT_ONCE):
        some = changed[start : start + _NAMED_AT_ONCE]
        body: Json = {"query": {"terms": {"ordinal": some}}}
        for hits in walk(connection, index, body, NO_DEADLINE):
            writer.put([_retold(hit["_source"], wanted) for hit in hits])
    writer.flush()
    return len(changed)


def _retold(document: Document, wanted: Mapping[int, int]) -> Document:
    own = document["ordinal"]
    story = wanted.get(own)
    for field in ("reprinted", "retold"):
        document.pop(field, None)
    document["story"] = own if story is None else story
    if story is not None:
        document |= {"reprinted": story, "retold": int(story != own)}
    return with_derived(document)


def _told(connection: Connection, index: str) -> dict[int, int]:
    """Give the stories with several articles that are written."""
    body: Json = {
        "query": {"exists": {"field": "reprinted"}},
        "stored_fields": "_none_",
        "docvalue_fields": ["reprinted"],
    }
    return {
        hit["sort"][-1]: hit["fields"]["reprinted"][0]
        for hits in walk(connection, index, body, NO_DEADLINE)
        for hit in hits
    }
