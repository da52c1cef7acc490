"""An index of ours as a Whoosh index: Whoosh's queries, parser and matchers work on it.

It is slow, as Whoosh is: an object for each posting. It is there for those who have code for
Whoosh, and it is the oracle that the columnar evaluator is compared with.

Reading order: `package` (which Whoosh is installed), `schema` (the fields), `fields` (the terms
and postings of each field), `matcher`, `column`, `reader` (one segment) and `index`.
"""

from indexer.columnar.whoosh_view.package import verify_whoosh

verify_whoosh()
