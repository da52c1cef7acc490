"""Text that is whole: from bytes of unknown encoding to what the author wrote.

Reading order: `syllables` (what a Vietnamese syllable looks like), `legacy` (the encodings of
before Unicode), `detection` (which one it is, and how sure that is), `transcoding` (a stream of
any encoding becomes one of UTF-8), `mending` (text that was decoded wrongly before it came
here), `cleaning` (what is no letter and no sign), `markup` (HTML to paragraphs).
"""
