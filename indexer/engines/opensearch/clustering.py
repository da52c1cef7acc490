"""Finding which articles of an index are one story, once they are all there.

All articles are asked anew for their samples, in one walk through the index; texts are read of
those only that may be reprints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from indexer.analysis.chunks import ChunkTokens
from indexer.deadline import NO_DEADLINE
from indexer.engines.base import Ints
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.documents import article_of, texts_of
from indexer.engines.opensearch.mapping import TOKENS
from indexer.engines.opensearch.reading import walk
from indexer.reprints.candidates import candidates
from indexer.reprints.comparing import Text
from indexer.reprints.finding import compare_all
from indexer.reprints.grouping import Compared, stories
from indexer.reprints.sampling import COMPARED_FIELDS, sample
from indexer.reprints.shingles import syllable_hashes
from indexer.reprints.texts import TextReader
from indexer.schema import TEXT_FIELDS

_FIELDS: Final = [TEXT_FIELDS[number] for number in COMPARED_FIELDS]
_NO_DATE: Final = np.iinfo(np.int64).max


def find_stories(connection: Connection, index: str) -> dict[int, int]:
    """Find the stories of all articles that can be found.

    Args:
        connection: The cluster.
        index: Name of the index of articles.

    Returns:
        By ordinal the ordinal of the earliest article of its story.
    """
    ordinals: list[int] = []
    dates: list[int] = []
    samples: list[np.ndarray] = [np.empty(0, np.uint32)]
    counts: list[Ints] = [np.empty(0, np.int64)]
    body: Json = {"stored_fields": "_none_", "docvalue_fields": [TOKENS, "start"]}
    for hits in walk(connection, index, body, NO_DEADLINE):
        own, each = _samples([texts_of(hit) for hit in hits])
        samples.append(own)
        counts.append(each)
        ordinals += [hit["sort"][-1] for hit in hits]
        dates += [hit["fields"].get("start", [_NO_DATE])[0] for hit in hits]

    reader = TextReader(ChunkTokens())

    def read(wanted: Sequence[int]) -> Iterator[Text]:
        named = {ordinals[place]: place for place in wanted}
        asked: Json = {"query": {"terms": {"ordinal": list(named)}}, "_source": ["article"]}
        found = {
            named[hit["sort"][-1]]: article_of(hit["_source"])
            for hits in walk(connection, index, asked, NO_DEADLINE)
            for hit in hits
        }
        return reader.read([found[place] for place in wanted])

    pairs = candidates(np.concatenate(samples), np.concatenate(counts))
    compared = Compared(*pairs, *compare_all(pairs, len(ordinals), read))
    earliest = stories(compared, np.array(dates, np.int64))
    return {own: ordinals[place] for own, place in zip(ordinals, earliest.tolist(), strict=True)}


def _samples(documents: Sequence[Mapping[str, Any]]) -> tuple[np.ndarray, Ints]:
    numbers: dict[str, int] = {}
    terms: list[int] = []
    owners: list[int] = []
    for owner, document in enumerate(documents):
        for field in _FIELDS:
            for paragraph in document.get(field, ()):
                own = [numbers.setdefault(term, len(numbers)) for term in paragraph.split()]
                terms += own
                owners += [owner] * len(own)
    hashes = syllable_hashes(list(numbers))[np.array(terms, np.int64)]
    return sample(hashes, np.array(owners, np.int64), len(documents))
