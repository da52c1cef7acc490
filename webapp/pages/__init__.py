"""What the pages show, as plain values, and the views that fill the templates with them.

`filters` (facets and chips), `timeline` and `paging` are the parts of the results page that
`search` puts together; `article` shows one article. Nothing but `search` and `article` knows
Flask.
"""
