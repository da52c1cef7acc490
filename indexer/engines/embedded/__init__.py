"""The engine that keeps its files in a folder: a columnar Whoosh index.

Reading order: `writer` (the write port), `stories` (which matches tell the same), `units` and
`counting` (facets and timeline), `ordering` (which hits come first), `collecting` (from matches to
the answer), `engine` (the read port). All of them stand on `indexer.columnar`.
"""

from indexer.engines.embedded.engine import EmbeddedEngine
from indexer.engines.embedded.writer import EmbeddedWriter

__all__ = ["EmbeddedEngine", "EmbeddedWriter"]
