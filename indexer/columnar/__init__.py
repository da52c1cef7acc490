"""Segments of memory-mapped columns: how they are written, merged and searched.

Reading order: `container` and `container_writer` (a file of arrays), `terms` (sorted
dictionaries); `postings`, `documents` and `columns` (the files of a segment); `inversion` and
`merging` (how postings get there); `segment` (all of it); then `matching`, `scoring`,
`evaluation` and `collection` (queries over the segments of an index), with `words` and the parts
of `proximity`, `combining` and `field_parts`; `patterns` and `vocabulary` (which terms there are).
`whoosh_view` shows segments as a Whoosh index, and `whoosh_queries` evaluates Whoosh's queries
over columns.
"""
