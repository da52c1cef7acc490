"""Tables of the words that many articles hold."""

from pathlib import Path

import numpy as np

from corpus import Article
from indexer.columnar.frequency_tables import FrequencyTables
from indexer.columnar.postings import FieldGroup, Postings
from tests.indexer.columnar.small_indexes import write_segment

BODIES = ("cử tri", "cử cử", "cứ", "bầu", "tri cứ cử", "bầu", "bầu", "hội")


def group(folder: Path) -> FieldGroup:
    articles = [
        Article(title="-", id=f"{number}", body=(body,)) for number, body in enumerate(BODIES)
    ]
    return write_segment(folder / "segment", articles).groups["text"]


def postings(group: FieldGroup, *terms: str) -> list[Postings]:
    numbers = [group.terms.number(term.encode()) for term in terms]
    return [group.postings(number) for number in numbers if number is not None]


def test_a_table_adds_up_the_frequencies_of_all_forms(tmp_path: Path) -> None:
    syllables = group(tmp_path)
    tables = FrequencyTables(len(BODIES), syllables.totals.astype(np.float32))
    table = tables.table(postings(syllables, "cử", "cứ"))
    assert table is not None
    assert table.tolist() == [1, 2, 1, 0, 2, 0, 0, 0]


def test_a_word_that_few_articles_hold_has_no_table(tmp_path: Path) -> None:
    syllables = group(tmp_path)
    tables = FrequencyTables(len(BODIES), syllables.totals.astype(np.float32))
    assert tables.table(postings(syllables, "hội")) is None


def test_the_tables_that_were_used_last_are_kept(tmp_path: Path) -> None:
    syllables = group(tmp_path)
    weights = syllables.totals.astype(np.float32)
    tables = FrequencyTables(len(BODIES), weights, kept_bytes=2 * len(BODIES))
    words = [postings(syllables, *terms) for terms in (("cử", "cứ"), ("cử", "bầu"), ("cứ", "bầu"))]
    first, second = tables.table(words[0]), tables.table(words[1])
    assert tables.table(words[0]) is first
    tables.table(words[2])
    assert tables.table(words[0]) is first
    assert tables.table(words[1]) is not second
