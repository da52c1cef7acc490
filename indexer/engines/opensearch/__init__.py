"""The engine that keeps its articles in a cluster of OpenSearch.

Reading order: `address` and `connection` (the cluster), `mapping` and `documents` (what is kept),
`writer` (the write port), `generation` (which index is searched); `translation` (queries and
their scores), `statistics`, `nearness`, `counting` (facets and timeline), `hits`, `positions`,
`vocabulary` and `completing`; `engine` (the read port).
"""

from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.writer import OpenSearchWriter

__all__ = ["OpenSearchEngine", "OpenSearchWriter"]
