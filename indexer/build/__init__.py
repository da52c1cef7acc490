"""The write side: a corpus becomes a searchable index.

Reading order: `report` (what a build tells), `pipeline` (analysis on several processors),
`builder` (`build_index`).
"""

from indexer.build.builder import build_index
from indexer.build.report import BuildProgress, BuildReport, Duplicate

__all__ = ["BuildProgress", "BuildReport", "Duplicate", "build_index"]
