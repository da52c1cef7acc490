"""HTML of an article's body to paragraphs, with captions and names of authors apart.

For fragments that come as a value of a record. It is no parser of pages: it goes once over the
text, in time proportional to its length, whatever the tags are like.

A caption is what stands in ``figcaption`` or in an element whose class says so, and a paragraph
all in italics right after a picture. What stands in ``script``, ``style`` and the like goes.
"""

import html
import re
from dataclasses import dataclass, field

_LOOKS = re.compile(
    r"</?(?:p|div|br|span|a|img|strong|em|b|i|u|h[1-6]|table|t[rdh]|ul|ol|li|figure|article"
    r"|section|blockquote|font|center)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"""
    (?P<dropped> <!--.*?(?:-->|\Z) | <! [^<>]*+ >? | <\? [^<>]*+ >?
      | <(?P<what> script|style|noscript|template|iframe|svg|select|button ) \b [^<>]*+ >
        .*? (?: </(?P=what)\s*> | \Z ) )
  | < (?P<end> / )? (?P<name> [a-zA-Z][a-zA-Z0-9]* )
      (?P<attributes> (?: [^<>"']++ | "[^"]{0,4000}+" | '[^']{0,4000}+' )*+ ) >
  | < /? (?P<odd> [a-zA-Z] [^<>]*+ ) >
  | (?P<text> [^<]++ | < )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CLASS = re.compile(
    r"""\bclass\s*=\s*(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'>]{1,200}))""", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div",
    "dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
_ITALICS = frozenset({"em", "i"})
_PICTURES = frozenset({"img", "picture", "video"})
_CAPTION_CLASS = re.compile(r"caption|chu-?thich|image-?desc|desc-?image|img-?desc", re.IGNORECASE)
_AUTHOR_CLASS = re.compile(r"\b(?:body-)?(?:author|tac-?gia)(?:-name)?\b", re.IGNORECASE)


@dataclass(slots=True)
class Fragment:
    """What a fragment of HTML holds.

    Attributes:
        paragraphs: The text, block by block.
        captions: The captions of its pictures, each once.
        authors: The names that are marked as the author's.
    """

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)


def is_markup(text: str) -> bool:
    """Tell whether a text is HTML."""
    return "<" in text and _LOOKS.search(text) is not None


def plain(text: str) -> str:
    """Return a text of one line without its tags."""
    return " ".join(read_fragment(text).paragraphs)


def read_fragment(text: str) -> Fragment:
    """Take a fragment of HTML apart."""
    reader = _Reader()
    for token in _TOKEN.finditer(text):
        if token["name"]:
            reader.tag(token["name"].lower(), token["end"] is not None, token["attributes"])
        elif token["text"]:
            reader.text(token["text"])
    reader.finish_paragraph()
    return reader.done()


class _Reader:
    """Collects the paragraphs while the tags go by."""

    def __init__(self) -> None:
        self._found = Fragment()
        self._pieces: list[str] = []
        self._upright = False  # whether some of the paragraph is not in italics
        self._italics = 0
        self._after_picture = False
        self._has_picture = False
        self._kind = ""  # "caption" or "author" while inside such an element
        self._kind_name = ""
        self._kind_depth = 0

    def tag(self, name: str, is_end: bool, attributes: str) -> None:
        """Take a tag; it may end a paragraph."""
        if name in _BLOCKS:
            self.finish_paragraph()
        if name in _ITALICS:
            self._italics = max(0, self._italics + (-1 if is_end else 1))
        elif name in _PICTURES and not is_end:
            self._has_picture = True
        if self._kind:
            if name == self._kind_name and not attributes.endswith("/"):
                self._kind_depth += -1 if is_end else 1
                if not self._kind_depth:
                    self.finish_paragraph()
                    self._kind = ""
        elif not is_end and name != "img" and (kind := _kind(name, attributes)):
            self.finish_paragraph()
            self._kind, self._kind_name, self._kind_depth = kind, name, 1

    def text(self, text: str) -> None:
        """Take a run of text."""
        if not self._italics and not text.isspace():
            self._upright = True
        self._pieces.append(text)

    def finish_paragraph(self) -> None:
        """Put away what has come since the last block began or ended."""
        text = _SPACES.sub(" ", html.unescape("".join(self._pieces))).strip()
        self._pieces.clear()
        if text:
            if self._kind == "author":
                self._found.authors.append(text)
            elif self._kind or ((self._after_picture or self._has_picture) and not self._upright):
                self._found.captions.append(text)
            else:
                self._found.paragraphs.append(text)
            self._after_picture = False
        if self._has_picture:
            self._after_picture = not text
            self._has_picture = False
        self._upright = False

    def done(self) -> Fragment:
        """Return what was found; a caption that stands in the text as well is only a caption."""
        found = self._found
        found.captions = list(dict.fromkeys(found.captions))
        known = set(found.captions)
        found.paragraphs = [text for text in found.paragraphs if text not in known]
        return found


def _kind(name: str, attributes: str) -> str:
    if name == "figcaption":
        return "caption"
    match = _CLASS.search(attributes) if attributes else None
    if not match:
        return ""
    value = match[1] or match[2] or match[3] or ""
    if _CAPTION_CLASS.search(value):
        return "caption"
    return "author" if _AUTHOR_CLASS.search(value) else ""
