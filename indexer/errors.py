"""What can go wrong in the indexer, as one small tree.

::

    IndexerError
    └── SegmenterError      text cannot be segmented
        └── ModelError      a segmentation model is missing, damaged or foreign
"""

from __future__ import annotations


class IndexerError(Exception):
    """Base of every error that this package raises on purpose."""


class SegmenterError(IndexerError):
    """Text cannot be segmented."""


class ModelError(SegmenterError):
    """A segmentation model is missing, damaged, foreign or of another version."""
