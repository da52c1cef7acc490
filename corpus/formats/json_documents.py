"""JSON over several lines: objects one after another, in an array, or in a list in an object.

Or in an object that has them by their ids. Comments between objects are passed over.

The file is never parsed as a whole: its objects are cut out where their braces close, and read
one by one. Objects may be what MongoDB's shells print. A record that is damaged inside a text
costs itself, and what follows up to the next object that begins a line like it did; one whose
last brace is missing costs itself.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.errors import ArticleError
from corpus.formats.json_values import NotAnObjectError, object_of
from corpus.formats.source import Outcome, Source
from corpus.formats.values import known_names
from corpus.streams import MAX_LINE, Stream

_HEAD = 1 << 18
_DEEPEST = 500
_MOST_AROUND = 5
_MARK = re.compile(rb"[\"'{}\[\]]")
_IN_TEXT = {34: re.compile(rb"[\"\\\n]"), 39: re.compile(rb"['\\\n]")}
_DOUBLE_QUOTE, _BRACE = b'"{'
_CLOSES = {93: 91, 125: 123}  # the brackets
_KEY = re.compile(rb"\"((?:[^\"\\\n]|\\.){1,100})\"\s*:\s*(\[\s*\{)?")
_NAMED_OBJECT = rb"\"((?:[^\"\\\n]|\\.){1,100})\"\s*:\s*\{"
_BEGINS_NAMED = re.compile(_NAMED_OBJECT)
_BEFORE = re.compile(rb"\"((?:[^\"\\\n]|\\.){1,100})\"\s*:\s*$")


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article of each object, or why it has none."""
    stream = Stream(source.blocks)
    around = surroundings(stream.peek(_HEAD))
    found = None
    for found in objects(stream.blocks(), around):
        try:
            if found.content is None:
                raise NotAnObjectError(found.damage)  # noqa: TRY301 - skipped like the others
            given = object_of(found.content)
            values = given.members
            if found.key and "id" not in known_names(list(values)):
                values = {"id": found.key, **values}
            record = source.record(values, found.line, doubts=given.doubts)
        except (ArticleError, NotAnObjectError) as error:
            yield source.origin.skipped(str(error), found.line)
        else:
            yield record
    if found is None:
        yield source.origin.skipped("JSON without any object in it")


def surroundings(head: bytes) -> bytes:
    """Return the brackets around the records: none, ``[``, ``{``, ``{[``, ``{{[`` and so on.

    Args:
        head: The beginning of the file.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return b"[" if start.startswith(b"[") else around_list(start)


def around_list(start: bytes) -> bytes:
    """Return the brackets around the first list of records that an object holds.

    Returns:
        Nothing if it holds none, or if an object around the list has a title: that is the
        record. ``{`` if the values of the first object are records, by their ids.
    """
    names: list[list[str]] = []  # of each object that is open
    opened = bytearray()
    around = b""
    path: list[list[str]] = []  # the names of the objects around the list
    outer: list[str] = []
    titled = 0  # the objects right inside the first that have a title
    at = 0
    while match := _MARK.search(start, at):
        at = match.end()
        mark = match.group()
        key = _KEY.match(start, match.start()) if mark == b'"' and opened[-1:] == b"{" else None
        if key:
            names[-1].append(key[1].decode(errors="replace"))
            if key[2] is not None and not around and len(opened) < _MOST_AROUND:
                around = bytes(opened) + b"["
                path = names.copy()
            at = key.end(1) + 1
        elif mark in b"\"'":
            text = _end_of_text(start, at, mark[0])
            if text is None:
                break
            at = text
        elif mark in b"{[":
            opened += mark
            if mark == b"{":
                names.append([])
                outer = names[0]
        else:
            if opened[-1:] == b"{":
                titled += opened == b"{{" and "title" in known_names(names[-1])
                names.pop()
            opened[-1:] = b""
            if not opened:
                break
    if around and not any("title" in known_names(given) for given in path):
        return around
    titled += len(names) > 1 and "title" in known_names(names[1])  # the text is cut off
    # A single one has a wrapper, whose names the user may map.
    return b"{" if titled > 1 and "title" not in known_names(outer) else b""


class Found(NamedTuple):
    """An object in a file.

    Attributes:
        line: The line that it begins in, from 1.
        content: Its bytes; `None` if it is damaged.
        damage: What is wrong with it.
        key: Its name in the object around it.
    """

    line: int
    content: bytes | None
    damage: str = ""
    key: str = ""


def objects(blocks: Iterable[bytes], around: bytes, longest: int = MAX_LINE) -> Iterator[Found]:
    """Cut the objects out of a stream.

    Args:
        blocks: The stream.
        around: The brackets around the objects.
        longest: The most bytes of an object; a longer one is passed over, never held whole.
    """
    scanner = _Scanner(around, longest)
    for block in blocks:
        yield from scanner.feed(block)
    yield from scanner.finish()


class _Scanner:
    """Where in a stream of JSON the scanning stands."""

    def __init__(self, around: bytes, longest: int) -> None:
        self._around = around
        self._longest = longest
        self._line = 1  # of the beginning of the block
        self._outside = bytearray()  # the brackets that are open around records
        self._depth = 0  # the brackets that are open in the record
        self._quote = 0  # the sign that ends the text
        self._escaped = False  # whether the block ended after a backslash
        self._parts: list[bytes] = []  # of the record
        self._length = 0
        self._begun = 1  # the line that the record begins in
        self._indent: bytes | None = b""  # of its line; `None` if it does not begin one
        self._key = ""  # of the record, in the object around it
        self._records = 0  # that have begun
        self._lost: re.Pattern[bytes] | None = None  # where reading goes on after damage
        self._tail = b""  # of the block before, which an object's line may begin in

    def feed(self, block: bytes) -> Iterator[Found]:
        begin = 0  # of the record, or of the part of it that is in this block
        at = int(self._escaped)
        self._escaped = False
        while True:
            if self._lost:
                if not (match := self._lost.search(block, max(0, at - 1))):
                    break
                at = match.end() - 1
                self._lost = None
            if self._quote:
                match = _IN_TEXT[self._quote].search(block, at)
                if not match:
                    break
                at = match.end()
                if match.group() == b"\\":
                    at += 1
                    self._escaped = at > len(block)
                elif match.group() != b"\n":
                    self._quote = 0
                elif self._depth:
                    yield self._damaged("a text in it does not end")
                continue
            match = _MARK.search(block, at)
            if not match:
                break
            at = match.end()
            mark = match.group()[0]
            if self._depth == 1 and self._swallows(block, begin, match.start()):
                yield self._damaged("its last brace is missing", goes_on_here=True)
                at = match.start()
            elif not self._depth and mark == _DOUBLE_QUOTE and self._is_stray():
                self._begun = self._line + block.count(b"\n", 0, at)
                yield self._damaged("a bracket too many closes before this", goes_on_here=True)
                self._outside[:] = self._around
                at = match.start()
            elif mark in _IN_TEXT:
                self._quote = mark
            elif self._depth:
                self._depth += -1 if mark in _CLOSES else 1
                if self._depth > _DEEPEST:
                    yield self._damaged("nested too deeply")
                elif not self._depth:
                    yield self._complete(block[begin:at])
            elif mark in _CLOSES:
                if self._outside[-1:] == bytes([_CLOSES[mark]]):
                    self._outside.pop()
            elif mark == 123 and self._outside == self._around:
                begin = match.start()
                self._begin(block, begin)
            elif len(self._outside) < _DEEPEST:
                self._outside.append(mark)
            else:
                # Whatever it is, it is no list of records; an object may begin a line again.
                self._outside[:] = self._around
                self._begun = self._line + block.count(b"\n", 0, at)
                yield self._damaged("nested too deeply")
        if self._depth:
            self._keep(block[begin:])
        self._line += block.count(b"\n")
        self._tail = block[-200:]

    def finish(self) -> Iterator[Found]:
        """Tell of what the end of the file cut off."""
        if self._depth:
            yield Found(self._begun, None, "the file ends in the middle of this object")
        elif self._records and self._outside and not self._lost:
            what = "what is around the records does not end: the file is cut off, or this one is "
            yield Found(self._begun, None, f"{what}damaged and has others in it")

    def _begin(self, block: bytes, at: int) -> None:
        self._depth = 1
        self._records += 1
        self._length = 0
        self._parts.clear()
        self._begun = self._line + block.count(b"\n", 0, at)
        before = (self._tail + block[:at])[-200:].rpartition(b"\n")[2]
        key = _BEFORE.search(before) if self._around == b"{" else None
        self._key = key[1].decode(errors="replace") if key else ""
        indent = before[: key.start()] if key else before
        self._indent = None if indent.strip(b" \t") else indent

    def _swallows(self, block: bytes, begin: int, at: int) -> bool:
        """Tell whether the next record begins within this one, which has not ended.

        Args:
            block: The block.
            begin: Where the record, or its part, begins in it.
            at: Where a sign stands that may begin the next one.
        """
        if block[at] == _BRACE:
            # Right inside an object, the value of a member follows a colon.
            return block[max(begin, at - 200) : at].rstrip()[-1:] in (b",", b'"', b"}", b"]")
        if self._around != b"{" or self._indent is None or block[at] != _DOUBLE_QUOTE:
            return False
        before = block[max(begin, at - 200) : at].rpartition(b"\n")
        if before[1:] != (b"\n", self._indent) or not _BEGINS_NAMED.match(block, at):
            return False
        so_far = b"".join([*self._parts, block[begin:at]])
        if b"\n" + self._indent + b'"' in so_far:
            return False  # its own members are not indented more than it is
        try:
            members = object_of(so_far.rstrip(b" \t\r\n,") + b"}").members
        except NotAnObjectError:
            return False
        return "title" in known_names(list(members))

    def _is_stray(self) -> bool:
        """Tell whether a text stands where no object is open that should be around it."""
        return self._around == b"{" and not self._outside and bool(self._records)

    def _keep(self, part: bytes) -> None:
        self._length += len(part)
        if self._length > self._longest:
            self._parts.clear()
        else:
            self._parts.append(part)

    def _complete(self, part: bytes) -> Found:
        self._keep(part)
        if self._length > self._longest:
            return Found(self._begun, None, f"longer than {self._longest >> 20} MiB; no article")
        return Found(self._begun, b"".join(self._parts), key=self._key)

    def _damaged(self, what: str, *, goes_on_here: bool = False) -> Found:
        self._parts.clear()
        self._depth = self._quote = 0
        if not goes_on_here:
            indent = rb"[ \t]*" if self._indent is None else re.escape(self._indent)
            begins = _NAMED_OBJECT if self._around == b"{" else rb"\{"
            self._lost = re.compile(rb"\n" + indent + begins)
        return Found(self._begun, None, f"damaged: {what}")


def _end_of_text(data: bytes, at: int, quote: int) -> int | None:
    """Return the place behind a text; `None` if it does not end."""
    while match := _IN_TEXT[quote].search(data, at):
        if match.group() == b"\n":
            return None
        at = match.end()
        if match.group() != b"\\":
            return at
        at += 1
    return None
