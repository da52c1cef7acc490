"""The forms of files that hold articles, one module each.

A module of this package has one reader::

    def read(source: Source) -> Iterator[Record | SkippedRecord]

It gets the decompressed content of one file, and yields for each record either the article or
what is wrong with it: a bad record costs only itself. It raises nothing but what the blocks
raise. Which reader a file is given to is decided by `corpus.recognition`.

Read `source` (what a reader is given) and `fields` (from named values to an article) first,
then `json_lines`, then `plain_text`.
"""
