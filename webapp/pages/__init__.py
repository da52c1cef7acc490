"""What the pages show, as plain values, and the views that fill the templates with them.

`search` puts the results page together, of `filters` (facets and chips), `timeline`, `paging`,
`notices`, `matching`, `offers` and `ways`; `facet_values` lists all values of one facet. `article`
shows one article, with what `same_day` and `citation` add to it. `guide` explains searching by
`examples`, and `about` tells what the index holds, over time by `coverage`. Only modules with a
blueprint know Flask.
"""
