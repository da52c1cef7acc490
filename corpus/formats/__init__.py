"""The forms of files that hold articles, one module each.

A module of this package has one reader::

    def read(path: Path, blocks: Iterable[bytes]) -> Iterator[Record | SkippedRecord]

It gets the decompressed content in blocks, with the path only to name it, and yields for each
record either the article or what is wrong with it: a bad record costs only itself. It raises
nothing but what the blocks raise. Which reader a file is given to is decided by
`corpus.recognition`.

Read `fields` first (from named values to an article), then `json_lines`, then `plain_text`.
"""
