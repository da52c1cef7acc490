"""The engine that keeps its articles in a cluster of OpenSearch.

Reading order: `address` and `connection` (the cluster), `mapping` and `documents` (what is kept),
`writer` (the write port), `generation` (which index is searched); `lifecycle`, `claims`,
`stories`, `clustering` and `suggestions` (how one is made); `translation` (queries and
their scores), `statistics`, `nearness`, `counting` (facets and timeline), `hits`, `positions`,
`vocabulary` and `completing`; `engine` (the read port).

Nothing is imported here: whoever searches a folder needs none of it.
"""
