"""Queries that were typed for an input method that was not switched on.

`tieengs vieetj` is Telex, and `tie61ng vie65t` is VNI, for *tiếng việt*.

Reading order: `keys` (from letters and marks to a syllable), `queries` (when a whole query is
taken to be typed so), `telex` and `vni` (from what was typed to letters and marks).
"""

from indexer.analysis.typing.telex import decode_telex
from indexer.analysis.typing.vni import decode_vni

__all__ = ["decode_telex", "decode_vni"]
