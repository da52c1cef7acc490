"""How well known articles are found: the relevance benchmark.

    python -m tests.benchmarks.relevance [CORPUS] [--articles 22000] [--queries 1500] [--seed 7]
        [--json FILE] [--failures FILE] [--cache DIR] [--baselines NAME ...] [--k1 K1] [--b B]
        [--latency INDEX | --latency-articles N] [--latency-queries N]

Known-item search: articles are drawn from a corpus and indexed without their titles, and the
titles of some of them are the queries. The one right answer to a query is the article whose title
it is. Reading order: `drawing` (articles and queries), `bm25` and `systems` (what is compared),
`measures` (figures and their intervals), `comparison` (one run), `latency`, `report`, `failures`,
and `__main__`.
"""
