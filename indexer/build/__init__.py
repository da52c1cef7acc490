"""The write side: a corpus becomes a searchable index, and an index changes.

Reading order: `report` (what is told at the end), `reading` (articles), `pipeline` (analysis on
several processors), `writing` (a new segment); then `builder`, `updater`, `deleter` and
`optimizer`, each with one public function.
"""

from indexer.build.builder import build_index
from indexer.build.deleter import delete_articles
from indexer.build.optimizer import optimize_index
from indexer.build.report import (
    BuildProgress,
    BuildReport,
    DeleteReport,
    Duplicate,
    OptimizeReport,
    UpdateReport,
)
from indexer.build.updater import update_index

__all__ = [
    "BuildProgress",
    "BuildReport",
    "DeleteReport",
    "Duplicate",
    "OptimizeReport",
    "UpdateReport",
    "build_index",
    "delete_articles",
    "optimize_index",
    "update_index",
]
