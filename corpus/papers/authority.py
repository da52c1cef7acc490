"""The authority file of papers: read, extended, asked.

The file is a table in UTF-8 with one paper a line, its columns parted by tabs::

    Tuổi Trẻ	central	tuoitre.vn tuoitre.com.vn	TTO;Tuổi Trẻ Online

that is the canonical name, the kind (one of `PaperKind`), the domains (parted by spaces) and
other spellings (parted by semicolons). The last two may be left out. Blank lines and lines
that begin with ``#`` are passed over.

A domain stands for all its subdomains, but for those that are listed for a paper of their
own: ``thethao.tuoitre.vn`` is Tuổi Trẻ, ``cuoi.tuoitre.vn`` is Tuổi Trẻ Cười.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from corpus.errors import PapersError, PathError
from corpus.papers.spelling import bare_key, key, without_affixes


class PaperKind(StrEnum):
    """What a paper is.

    ``central`` is a paper for the whole country, ``provincial`` one of a province or city,
    ``sector`` one of a field, ministry or association, ``agency`` a news agency,
    ``broadcaster`` a radio or television station, ``government`` a site of the state that is
    no paper, ``portal`` any other site with news, ``foreign`` a medium of another country.
    """

    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    CENTRAL = "central"
    FOREIGN = "foreign"
    GOVERNMENT = "government"
    PORTAL = "portal"
    PROVINCIAL = "provincial"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, as the authority file knows it.

    Attributes:
        name: Its canonical name.
        kind: What it is.
        domains: The domains of its sites, in lower case and without ``www.``.
        aliases: Other spellings of its name.
    """

    name: str
    kind: PaperKind
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Papers:
    """The papers that are known, asked by name or address.

    >>> Papers.known().find("NLĐ").name
    'Người Lao Động'

    Args:
        papers: The papers; no spelling and no domain may belong to two of them.

    Raises:
        PapersError: If two papers claim a spelling or a domain.
    """

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._papers = tuple(papers)
        self._by_key: dict[str, Paper] = {}
        self._by_bare_key: dict[str, Paper | None] = {}
        self._by_domain: dict[str, Paper] = {}
        # The articles of a corpus name few papers, many times.
        self._found: dict[str, Paper | None] = {}
        for paper in self._papers:
            self._add(paper)

    @staticmethod
    def known() -> "Papers":
        """Return the papers that come with the package; the same object for every call."""
        return _known()

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Self:
        """Return the papers of a file, and no others.

        Raises:
            PathError: If the file cannot be read.
            PapersError: If a line of it is wrong; says which and how to mend it.
        """
        return cls(_read(Path(path)))

    def extended(self, path: str | os.PathLike[str]) -> Self:
        """Return these papers with those of a file.

        A paper of the file that has the name of one that is known takes its place. Any other
        spelling or domain that two papers claim is an error.

        Raises:
            PathError: As for `read`.
            PapersError: As for `read`.
        """
        path = Path(path)
        added = list(_read(path))
        replaced = {key(paper.name) for paper in added}
        kept = [paper for paper in self._papers if key(paper.name) not in replaced]
        try:
            return type(self)([*kept, *added])
        except PapersError as error:
            raise PapersError(error.reason, path) from None

    def __iter__(self) -> Iterator[Paper]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)

    def find(self, name: str) -> Paper | None:
        """Return the paper that a name, a host or an address means, or `None`.

        Case, spaces, hyphens, the place of tone marks, ``&`` for ``và`` and ``VN`` for
        ``Việt Nam`` make no difference, nor do ``báo`` before a name and ``online`` behind
        it. A name without its marks is found where it can mean one paper only.
        """
        if len(name) > _LONGEST_KEPT:
            return self._find(name.strip())
        if name not in self._found:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[name] = self._find(name.strip())
        return self._found[name]

    def _find(self, name: str) -> Paper | None:
        if not name or len(name) > _LONGEST_NAME:
            return None
        if host := _host(name):
            return self.of_host(host)
        bare = without_affixes(name)
        return self._of_name(name) or (self._of_name(bare) if bare != name else None)

    def of_host(self, host: str) -> Paper | None:
        """Return the paper whose site a host is, or a part of."""
        host = host.lower().strip(".")
        while "." in host:
            if paper := self._by_domain.get(host):
                return paper
            host = host.partition(".")[2]
        return None

    def _of_name(self, name: str) -> Paper | None:
        return self._by_key.get(key(name)) or self._by_bare_key.get(bare_key(name))

    def _add(self, paper: Paper) -> None:
        for spelling in (paper.name, *paper.aliases):
            other = self._by_key.setdefault(key(spelling), paper)
            if other is not paper:
                raise PapersError(
                    f"{paper.name!r} and {other.name!r} are both spelled {spelling!r}; "
                    "leave it to one of them"
                )
            bare = bare_key(spelling)
            if self._by_bare_key.setdefault(bare, paper) is not paper:
                self._by_bare_key[bare] = None
        for domain in paper.domains:
            other = self._by_domain.setdefault(domain, paper)
            if other is not paper:
                raise PapersError(
                    f"{paper.name!r} and {other.name!r} both have the domain {domain}; "
                    "leave it to one of them"
                )


_LONGEST_NAME = 3000  # an address included
_LONGEST_KEPT = 100
_MOST_FOUND = 1_000
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
_COLUMNS = range(2, 5)


@lru_cache(maxsize=1)
def _known() -> Papers:
    return Papers.read(Path(str(files("corpus.papers") / "papers.tsv")))


def _host(text: str) -> str:
    """Return the host of an address, or a text that is a host itself; else nothing."""
    if "://" in text:
        try:
            return (urlsplit(text).hostname or "").removeprefix("www.")
        except ValueError:
            return ""
    return text.lower().removeprefix("www.") if _HOST.fullmatch(text) else ""


def _read(path: Path) -> Iterator[Paper]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise PathError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise PapersError("is not in UTF-8; convert it", path) from error
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            paper = _paper(line)
        except ValueError as error:
            raise PapersError(str(error), path, number) from None
        for claim in _claims(paper):
            first = seen.setdefault(claim, number)
            if first != number:
                reason = f"{claim.partition(' ')[2]!r} is also claimed by line {first}"
                raise PapersError(f"{reason}; leave it to one of them", path, number)
        yield paper


def _claims(paper: Paper) -> Iterator[str]:
    for spelling in (paper.name, *paper.aliases):
        yield f"name {key(spelling)}"
    for domain in paper.domains:
        yield f"domain {domain}"


def _paper(line: str) -> Paper:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) not in _COLUMNS:
        raise ValueError(
            f"has {len(columns)} columns; write name, kind, domains and other spellings, "
            "with tabs between them"
        )
    name, kind = columns[:2]
    domains = columns[2].lower().split() if len(columns) > 2 else []
    aliases = columns[3].split(";") if len(columns) > 3 else []
    if not key(name):
        raise ValueError("has no name; write it in the first column")
    if kind not in {known.value for known in PaperKind}:
        raise ValueError(f"{kind!r} is no kind of paper; there are {', '.join(PaperKind)}")
    for domain in domains:
        if not _HOST.fullmatch(domain) or domain.startswith("www."):
            raise ValueError(f"{domain!r} is no domain; write it like tuoitre.vn")
    spellings = tuple(stripped for alias in aliases if (stripped := alias.strip()))
    if not all(map(key, spellings)):
        raise ValueError("has another spelling without a letter; remove it")
    return Paper(name, PaperKind(kind), tuple(domains), spellings)
