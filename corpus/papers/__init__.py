"""Which paper a name or an address means: one canonical name for each paper.

`authority` holds the look-up and the form of its file, `spelling` what counts as the same
spelling, `papers.tsv` the papers that come with the package.
"""

from corpus.papers.authority import Paper, PaperKind, Papers

__all__ = ["Paper", "PaperKind", "Papers"]
