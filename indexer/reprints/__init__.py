"""Reprints: which articles are one story, told by several papers.

Works on arrays of numbers and knows no files. Reading order: `shingles` (runs of syllables as
numbers), `sampling` (the few shingles of an article that are kept), `candidates` (pairs of
articles that may be reprints, from what is kept), `comparing` (whether they are, from the whole
texts), `pairing` (of many pairs), `grouping` (from pairs to stories).
"""
