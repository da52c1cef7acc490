"""What can go wrong with a corpus.

::

    CorpusError
    ├── ArticleError           a field of an article cannot be accepted
    ├── OptionError            reading was asked for in a way that makes no sense
    ├── PublicationDateError   a text or a number that is no day, month or year
    ├── PapersError            a file of papers has a mistake, or two claim one name
    ├── RecordError            a record of a file was refused (strict reading)
    ├── StreamError            a file cannot be read or decompressed to its end
    └── PathError              the corpus is not where the caller said

Every message says what is wrong and, where the user can mend it, how.
"""

from pathlib import Path
from typing import Any


class CorpusError(Exception):
    """The root of this package's errors: catch it to catch them all."""

    def __reduce__(self) -> tuple[Any, ...]:
        # As it is, not made anew of its message: it may come out of a worker process.
        return Exception.__new__, (type(self), *self.args), self.__dict__


class ArticleError(CorpusError):
    """A field of an article cannot be accepted.

    Attributes:
        field: The name of the field, as in `Article`.
        reason: What is wrong with its value and how to mend it.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class OptionError(CorpusError):
    """A map of fields or an encoding that reading was asked to use does not exist."""


class PublicationDateError(CorpusError):
    """A text or a number that names no day, month or year of publication."""


class PapersError(CorpusError):
    """A file of papers has a mistake, or two papers claim one spelling or domain.

    Attributes:
        reason: What is wrong and how to mend it.
        path: The file; `None` if the papers came from none.
        line: The line in it, from 1; `None` if it is no single line.
    """

    def __init__(self, reason: str, path: Path | None = None, line: int | None = None) -> None:
        super().__init__(reason if path is None else f"{location(path, line)}: {reason}")
        self.reason = reason
        self.path = path
        self.line = line


class RecordError(CorpusError):
    """A record was refused while reading strictly.

    Attributes:
        path: The file.
        line: The line in the (decompressed) file, from 1; `None` if it is the whole file.
        reason: What is wrong and how to mend it.
        member: The file in the archive, where `path` is one.
        offset: The byte in the (decompressed) file, from 0, where it has no lines.
    """

    def __init__(
        self,
        path: Path,
        line: int | None,
        reason: str,
        member: str = "",
        offset: int | None = None,
    ) -> None:
        super().__init__(f"{location(path, line, member, offset)}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason
        self.member = member
        self.offset = offset


class StreamError(CorpusError):
    """A file cannot be read, or its compressed data is damaged or ends early."""


class PathError(CorpusError):
    """The corpus is not where the caller said that it is."""


def location(path: Path, line: int | None, member: str = "", offset: int | None = None) -> str:
    """Return ``path:line`` in printable form, the way compilers say it.

    A file of an archive stands behind a ``!``, and a place in a file without lines is given as
    ``path: byte 1234``. A file name may hold bytes that are no UTF-8 (Python keeps them as lone
    surrogates, which no terminal can print), or line breaks; both are shown escaped.
    """
    name = f"{path}!{member}" if member else str(path)
    if not name.isprintable():
        name = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    if offset is not None:
        return f"{name}: byte {offset}"
    return name if line is None else f"{name}:{line}"
