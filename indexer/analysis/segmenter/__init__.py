"""pyvi's word segmenter, compiled.

`Segmenter` gives what ``pyvi.ViTokenizer.tokenize`` gives, byte for byte, and the offsets of
every token and word besides, many times faster and without importing pyvi.
"""

from __future__ import annotations

from indexer.analysis.segmenter.segmenter import Segmenter
from indexer.analysis.segmenter.spans import SpanBatch, Spans

__all__ = ["Segmenter", "SpanBatch", "Spans"]
