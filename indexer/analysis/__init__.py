"""From text to tokens: normal form, tokens, words."""

from __future__ import annotations

from indexer.analysis.segmenter import Segmenter, SpanBatch, Spans

__all__ = ["Segmenter", "SpanBatch", "Spans"]
