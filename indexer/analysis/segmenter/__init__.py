"""pyvi's word segmenter, compiled.

`Segmenter` gives what ``pyvi.ViTokenizer.tokenize`` gives, byte for byte, and the offsets of
every token and word besides, many times faster and without importing pyvi.

pyvi cuts text with a regular expression, describes every token to CRFsuite as a dictionary
of features, has a conditional random field label it, and joins tokens by the labels and a few
rules. Here each distinct piece of text is cut and described once and remembered; the rest is
arithmetic on arrays for many texts at once. Reading order:

- ``segmenter``: the class, and how the parts below work together
- ``normalise``: NFC, with the way back to the original offsets
- ``syllabify``: where tokens start and end
- ``features``: what the model sees of a token, as indices into tables of weights
- ``vocabulary`` (and ``growing``): the memory of what has been cut and described
- ``chunked``: texts that the caller has cut into chunks already
- ``decode``, ``viterbi``: scores, labels, and which tokens are joined
- ``spans``: the results
- ``model``: the compiled model and its file, which an index carries so that its readers need
  no pyvi
- ``compile``, ``crfsuite``, ``cache``: making it from the installed pyvi, once

Why the result is exactly pyvi's:

- *Cutting.* No token contains white space but the newline, and the expression never looks
  around, so texts can be cut one run of non-space at a time, by the same expression.
- *Features.* A token's weights depend on its lower-case form (up to the first NUL, where
  CRFsuite's strings end) and on three facts about its letters. Lower-casing tokens one by one
  and lower-casing them joined by spaces, as pyvi does to look up compounds, give the same:
  the only rule of Python's that looks at neighbours, that of the final sigma, stops at a
  space.
- *Weights.* They are read from CRFsuite's binary file, not from its rounded text.
- *Decisions.* Where rounding could matter, CRFsuite's own sequence of float64 operations is
  carried out (``viterbi``).
- *Rules.* The joining rules look at each token's first letter and at whether it is a
  substring of ``string.punctuation``, which is found out once for each token.
"""

from __future__ import annotations

from indexer.analysis.segmenter.chunked import ChunkedTexts, Translation
from indexer.analysis.segmenter.segmenter import Segmenter
from indexer.analysis.segmenter.spans import SpanBatch, Spans

__all__ = ["ChunkedTexts", "Segmenter", "SpanBatch", "Spans", "Translation"]
