"""The engine that keeps its files in a folder: Whoosh.

Reading order: `fields` (what is written), `writer` (the write port), `phrases` and `compiler`
(query trees to Whoosh's), `metadata` (facets and dates as arrays), `counting` (facets and
timeline), `engine` (the read port).
"""

from indexer.engines.embedded.engine import EmbeddedEngine
from indexer.engines.embedded.writer import EmbeddedWriter

__all__ = ["EmbeddedEngine", "EmbeddedWriter"]
