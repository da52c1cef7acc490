"""The topic of an article: one of a small set that is the same for all papers.

Papers name and nest their sections as they like (``xa-hoi/y-te``, ``song-khoe``); a topic is
what they have in common. `topics.toml` lists the sections that are certain; all others have
no topic.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

_NUMBER_BEHIND = re.compile(r"(?:[-_ ]c?\d+)+$")
_D = str.maketrans("đĐ", "dD")
_LONGEST_SECTION = 1000
_HOLD_ANYTHING = frozenset({"Thời sự", "Xã hội", "Đời sống"})


@lru_cache(maxsize=4096)
def topic_of(section: str) -> str:
    """Return the topic of a section, or an empty text if it has none for certain.

    Of a path the first part that is known counts (``the-thao/quoc-te`` is Thể thao), but a
    part that may hold anything gives way to what it holds (``xa-hoi/y-te`` is Sức khỏe).
    Names written with marks (``Thể thao``) are read as well.

    Args:
        section: A section's path in its paper, or its name.
    """
    if len(section) > _LONGEST_SECTION:
        return ""
    found = [topic for part in re.split(r"[/>|]", section) if (topic := _topic(part))]
    of_one_thing = (topic for topic in found if topic not in _HOLD_ANYTHING)
    return next(of_one_thing, found[-1] if found else "")


def all_topics() -> tuple[str, ...]:
    """Return the names of all topics."""
    return tuple(dict.fromkeys(_topics().values()))


def _topic(name: str) -> str | None:
    known = _topics()
    return known.get(_key(name)) or known.get(_key(_NUMBER_BEHIND.sub("", name.strip())))


@lru_cache(maxsize=1)
def _topics() -> dict[str, str]:
    """Map the keys of sections, and those of the topics themselves, to topics."""
    table = tomllib.loads((files("corpus") / "topics.toml").read_text("utf-8"))
    return {
        _key(section): topic for topic, sections in table.items() for section in (topic, *sections)
    }


def _key(name: str) -> str:
    """Return a name without marks, spaces and hyphens."""
    plain = unicodedata.normalize("NFD", name.lower().translate(_D))
    return "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c))
