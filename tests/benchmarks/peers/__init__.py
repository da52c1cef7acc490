"""The search libraries that the benchmark compares: one module for each.

`base` says what a peer is. A peer whose package is not installed does not take part.
"""

from __future__ import annotations

from importlib import import_module

from tests.benchmarks.peers.base import Peer

_MAKERS = {
    "timbao": ("timbao", "TimbaoPeer", {}),
    "whoosh": ("whoosh", "WhooshPeer", {}),
    "fts5": ("sqlite_fts5", "Fts5Peer", {}),
    "tantivy": ("tantivy", "TantivyPeer", {}),
    "tantivy-flat": ("tantivy", "TantivyPeer", {"flat": True}),
    "xapian": ("xapian", "XapianPeer", {}),
}
NAMES = tuple(_MAKERS)


def make_peer(name: str) -> Peer:
    """Make a peer by its name.

    Raises:
        ImportError: Its package is not installed.
    """
    module, maker, options = _MAKERS[name]
    peer: Peer = getattr(import_module(f"{__name__}.{module}"), maker)(**options)
    return peer
