"""Reprints: which articles are one story, told by several papers.

Works on arrays of numbers and knows no files. Reading order: `shingles` (runs of syllables as
numbers), `sampling` (the few shingles of an article that are kept), `candidates` (pairs of
articles that may be reprints, from what is kept), `texts` and `comparing` (whether they are, from
the whole texts), `blocks` and `finding` (many pairs, each text read about once), `grouping` (from
pairs to stories).
"""
