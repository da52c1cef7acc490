"""What the address of an article says: which page it is, its paper, its section, its date.

A wrong paper, section or date is worse than none (facets and timelines are built on them), so
what is only probable is left empty.

Read `canonical` (which page), `dates`, `sections`, then `description` (all together). What
holds for single sites only is data, in `sites.toml`; `sites` reads it.
"""

from corpus.urls.canonical import canonical_url
from corpus.urls.description import UrlDescription, describe_url

__all__ = ["UrlDescription", "canonical_url", "describe_url"]
