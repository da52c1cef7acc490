"""The forms of files that hold articles, one module each.

A module of this package has one reader::

    def read(source: Source) -> Iterator[Record | SkippedRecord]

It gets the decompressed content of one file, and yields for each record either the article or
what is wrong with it: a bad record costs only itself. It raises nothing but what the blocks
raise. Which reader a file is given to is decided by `corpus.recognition`.

Reading order: `source` (what a reader is given), `values` and `fields` (from named values to an
article), `json_lines` and `plain_text` (the simplest readers), then `json_values`,
`mongo_shell` and `json_documents` (JSON of other shapes), `bson_dump`, `csv_table`,
`parquet_table`, `page_metadata`, `html_page` and `warc`. `extras` imports what is installed on
demand.
"""
