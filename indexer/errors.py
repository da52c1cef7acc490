"""The errors of the indexer, as one tree.

IndexerError
├── QueryError             the query text cannot be searched (with the position)
├── SegmenterError         a text cannot be segmented into words
│   └── ModelError         a segmentation model is missing, damaged or foreign
├── RequestError           an option of a search or a build has no meaning (with its name)
├── AbbreviationsError     a file of abbreviations cannot be read (with its file and line)
├── SearchTimeoutError     a search was ended by its deadline
├── WhooshPackageError     `whoosh` is not the package that this project was tested with
├── BuildError             a build stopped; the previous index is untouched
│   ├── AnalysisError      one article could not be analysed (with its file and line)
│   └── IndexLockedError   another process is writing this index (with its identity)
└── IndexUnusableError     there is no index to search at this place
    ├── IndexMissingError  nothing is there
    ├── ForeignFolderError the folder holds something else
    ├── IndexAccessError   the system does not let this process read it
    ├── IndexUnreachableError the cluster that keeps it does not answer
    ├── GenerationGoneError the generation that was named is there no longer
    ├── IndexVersionError  an index, but of another version of timbao
    └── DamagedIndexError  an index of which a part is missing or unreadable
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class IndexerError(Exception):
    """Base of every error that the indexer raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # As it is, not made anew of its message: it may come out of a worker process.
        return Exception.__new__, (type(self), *self.args), self.__dict__


class QueryError(IndexerError):
    """A query that cannot be searched.

    Args:
        message: What is wrong and how to mend it, in English.
        position: Where in the query text the wrong part begins, in characters from 0.
        length: How many characters the wrong part has.
        message_vi: The message in Vietnamese; empty if there is none.
        part: The wrong part itself, if it is known.
        mend: The whole query text with this mistake mended, if there is one way to mend it.
    """

    def __init__(
        self,
        message: str,
        *,
        position: int = 0,
        length: int = 0,
        message_vi: str = "",
        part: str = "",
        mend: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.length = length
        self.message_vi = message_vi
        self.part = part
        self.mend = mend


class RequestError(IndexerError):
    """An option whose value has no meaning.

    Args:
        option: Name of the option, as the caller spelled it.
        message: What is wrong with its value and what is possible; `{other}` in it stands for
            the name of the other option.
        other: Name of an option that it does not go together with.
    """

    def __init__(self, option: str, message: str, *, other: str = "") -> None:
        super().__init__(option, message, other)
        self.option = option
        self.other = other
        self.message = message.replace("{other}", other) if other else message
        self._template = message

    def __str__(self) -> str:
        return f"{self.option}: {self.message}"

    def renamed(self, names: Mapping[str, str]) -> str:
        """Say the same where the options have other names, such as those of a command line.

        Args:
            names: The name there of each option.
        """
        option, other = (names.get(name, name) for name in (self.option, self.other))
        return f"{option}: {self._template.replace('{other}', other) if other else self.message}"


class AbbreviationsError(IndexerError):
    """A file of abbreviations that cannot be read; the message names the file and the line."""


class SearchTimeoutError(IndexerError):
    """A search that was not done by its deadline, and was ended."""


class WhooshPackageError(IndexerError, ImportError):
    """The installed package `whoosh` is not one that can be used; says what to uninstall."""


class SegmenterError(IndexerError):
    """A text cannot be segmented into words."""


class ModelError(SegmenterError):
    """A segmentation model is missing, damaged, foreign or of another version."""


class BuildError(IndexerError):
    """A build that stopped before its end. What was searchable before still is."""


class AnalysisError(BuildError):
    """An article that could not be analysed; the message names its file and line."""


class IndexLockedError(BuildError):
    """Another process is writing the index; the message says which."""


class IndexUnusableError(IndexerError):
    """There is no index to search at the given place."""


class IndexMissingError(IndexUnusableError):
    """The folder does not exist, or holds nothing."""


class ForeignFolderError(IndexUnusableError):
    """The folder holds something that is not an index of timbao; it is left as it is."""


class IndexAccessError(IndexUnusableError):
    """The system does not let this process read the index, which may be whole."""


class IndexUnreachableError(IndexUnusableError):
    """The cluster that keeps the index does not answer, or does not let this user in."""


class GenerationGoneError(IndexUnusableError):
    """The index has no generation of the given name, or has it no longer."""


class IndexVersionError(IndexUnusableError):
    """The index was written by a version of timbao that this one does not read."""


class DamagedIndexError(IndexUnusableError):
    """A part of the index is missing or cannot be read."""
