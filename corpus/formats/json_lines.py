r"""JSON Lines: one JSON object a line, UTF-8 (https://jsonlines.org).

Also what ``mongoexport`` writes (MongoDB's extended JSON), and documents that a MongoDB shell
prints on one line each. The keys are the names of an article's fields, or those in
`corpus.formats.values.ALIASES`; other keys are ignored. Lines may end in ``\r\n``, blank lines
are passed over, and a byte order mark may stand before the first line.
"""

from collections.abc import Iterator

from corpus.errors import ArticleError
from corpus.formats.json_values import NotAnObjectError, object_of
from corpus.formats.source import Outcome, Source
from corpus.streams import MAX_LINE, read_lines

_BOM = b"\xef\xbb\xbf"


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article of each line, or why it has none."""
    for number, line in read_lines(source.blocks):
        if line is None:
            reason = f"longer than {MAX_LINE >> 20} MiB; is this one object a line?"
            yield source.origin.skipped(reason, number)
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        if not line or line.isspace():
            continue
        try:
            found = object_of(line)
            record = source.record(found.members, number, doubts=found.doubts)
        except (ArticleError, NotAnObjectError) as error:
            yield source.origin.skipped(str(error), number)
        else:
            yield record
