"""How often paper, section and date are read rightly from an address.

Run from the root of the project::

    python -m tests.benchmarks.metadata [--misses]

The addresses are those of DANeS (`shared/data/danes.jsonl`); `addresses.tsv` holds what a person
read in 275 of them, keyed by a hash, since the addresses themselves are not part of the project.
They were drawn by seed before any rule was written: one each from 205 sites, and later one more
each from 70 of these, to have some on which nothing was mended. The rules were made on the
addresses of all other sites.

A section is labelled as the folders between the host and the article, without those that say
nothing (``tin-tuc``, ``chi-tiet``, a language). A date is labelled at the precision that the
address has. A date that is given coarser than that, but holds it, is counted apart.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from corpus import Precision, PublicationDate, UrlDescription, describe_url

DANES = Path(__file__).resolve().parents[3] / "shared" / "data" / "danes.jsonl"
LABELS = Path(__file__).with_name("addresses.tsv")
FIELDS = ("paper", "section", "date")


@dataclass(frozen=True)
class Labelled:
    """An address with what a person read in it."""

    url: str
    paper: str
    section: str
    date: str
    draw: str


@dataclass
class Score:
    """How one field was read."""

    right: int = 0
    coarser: int = 0
    wrong: int = 0
    labelled: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was given that is right; coarser dates are true, too."""
        return (self.right + self.coarser) / max(self.right + self.coarser + self.wrong, 1)

    @property
    def recall(self) -> float:
        """The share of what could be given that was given fully."""
        return self.right / max(self.labelled, 1)


def labelled_addresses(danes: Path = DANES, labels: Path = LABELS) -> list[Labelled]:
    """Join the labels with the addresses that they are of."""
    lines = labels.read_text("utf-8").splitlines()
    rows = {
        row[0]: row[1:] for line in lines if not line.startswith("#") if (row := line.split("\t"))
    }
    found = {key: url for url in _addresses(danes) if (key := _key(url)) in rows}
    missing = rows.keys() - found.keys()
    if missing:
        raise LookupError(f"{len(missing)} labelled addresses are not in {danes}")
    return [Labelled(found[key], *row) for key, row in rows.items()]


def scores(labelled: list[Labelled]) -> dict[str, Score]:
    """Compare what is read from addresses with their labels."""
    result = {name: Score() for name in FIELDS}
    for one in labelled:
        told = describe_url(one.url)
        for name, given in _values(told).items():
            _count(result[name], name, given, getattr(one, name), one.url)
    return result


def _values(told: UrlDescription) -> dict[str, str]:
    date = told.published.isoformat() if told.published else ""
    return {"paper": told.publisher, "section": told.section, "date": date}


def _count(score: Score, name: str, given: str, label: str, url: str) -> None:
    score.labelled += bool(label)
    if given == label:
        score.right += bool(label)
        return
    score.misses.append(f"{name}: {given or '-'} for {label or '-'}: {url}")
    if given and name == "date" and label and _holds(given, label):
        score.coarser += 1
    elif given:
        score.wrong += 1


def _holds(coarse: str, fine: str) -> bool:
    outer, inner = PublicationDate.parse(coarse), PublicationDate.parse(fine)
    return outer.start <= inner.start and inner.end <= outer.end


def _addresses(danes: Path) -> Iterator[str]:
    with danes.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["url"]


def _key(url: str) -> str:
    return blake2b(url.encode(), digest_size=8).hexdigest()


def main() -> None:
    """Print precision and recall of each field."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="also print what was not right")
    options = parser.parse_args()
    labelled = labelled_addresses()
    for draw in sorted({one.draw for one in labelled}):
        chosen = [one for one in labelled if one.draw == draw]
        print(f"draw {draw}: {len(chosen)} addresses")
        for name, score in scores(chosen).items():
            given = score.right + score.coarser + score.wrong
            print(
                f"  {name:8} precision {score.precision:.3f} ({score.wrong} of {given} wrong, "
                f"{score.coarser} coarser)  recall {score.recall:.3f} "
                f"({score.right} of {score.labelled})"
            )
            if options.misses:
                print(*(f"    {miss}" for miss in score.misses), sep="\n")
    print("all DANeS addresses:", *_shares())


def _shares() -> list[str]:
    told = [describe_url(url) for url in _addresses(DANES)]
    days = sum(bool(t.published and t.published.precision is Precision.DAY) for t in told)
    filled = {
        "paper": sum(bool(t.publisher) for t in told),
        "section": sum(bool(t.section) for t in told),
        "date": sum(bool(t.published) for t in told),
        "day": days,
    }
    return [f"{name} {count / len(told):.0%}" for name, count in filled.items()]


if __name__ == "__main__":
    main()
