"""What the reading of one file came to, so that nothing is guessed unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.errors import location
from corpus.records import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What one file was read as, and what was in it.

    Attributes:
        origin: The file, or the file in an archive.
        form: Its form, such as ``CSV``; empty if it is in none that is read.
        encoding: The encoding of its text, such as ``UTF-8`` or ``TCVN3``; empty for forms that
            are no text.
        confidence: How probable that encoding is, from 0 to 1.
        names: The records' names for fields of the article, where they differ: guessed, or
            given by the user.
        mended: How many records had text that was decoded wrongly before, by kind.
        boilerplate: How many paragraphs were left out as boilerplate.
        articles: How many articles it gave.
        skipped: How many records gave none.
    """

    origin: Origin
    form: str = ""
    encoding: str = ""
    confidence: float = 1.0
    names: Mapping[str, str] = field(default_factory=dict)
    mended: Mapping[str, int] = field(default_factory=dict)
    boilerplate: int = 0
    articles: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        parts = [self.form or "of no form that is read"]
        if self.encoding:
            sure = "" if self.confidence >= 0.9995 else f" ({self.confidence:.1%} sure)"
            parts.append(f"{self.encoding}{sure}")
        if self.names:
            parts.append(", ".join(f"{name} as {field}" for field, name in self.names.items()))
        parts += [f"{count:,} mended: {kind}" for kind, count in self.mended.items()]
        if self.boilerplate:
            parts.append(f"paragraphs of boilerplate left out: {self.boilerplate:,}")
        return f"{location(self.origin.path, None, self.origin.member)}: {'; '.join(parts)}"
