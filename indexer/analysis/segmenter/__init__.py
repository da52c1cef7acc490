"""pyvi's word segmenter, compiled."""
