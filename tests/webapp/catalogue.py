"""The texts of the interface, as they stand in the code, and their translations.

`python -m tests.webapp.catalogue` brings the catalogue up to date with the code and compiles it;
what is new is then to be translated in the `.po` file, and the command to be run again.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import webapp

FOLDER: Final = Path(webapp.__file__).parent
SOURCE: Final = FOLDER / "translations/en/LC_MESSAGES/messages.po"
COMPILED: Final = SOURCE.with_suffix(".mo")
_METHODS: Final = [("**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS: Final = {"gettext": None, "ngettext": (1, 2), "mark": None, "_": None}


def extracted() -> Catalog:
    """The texts that the code and the templates have."""
    found = Catalog(fuzzy=False)
    options = {"templates/**.html": {"trimmed": "true"}}
    texts = extract_from_dir(FOLDER, _METHODS, options, keywords=_KEYWORDS)
    for _, _, message, *_ in texts:
        found.add(message)
    return found


def catalogue() -> Catalog:
    """The texts that are translated."""
    return read_po(BytesIO(SOURCE.read_bytes()), locale="en")


def compiled(source: Catalog) -> bytes:
    """A catalogue as `gettext` reads it."""
    written = BytesIO()
    write_mo(written, source)
    return written.getvalue()


def _renew() -> None:
    kept = catalogue() if SOURCE.exists() else Catalog(locale="en")
    fresh = Catalog(locale="en", fuzzy=False, project="timbao", version="", copyright_holder="")
    fresh.header_comment = "# Texts of the interface in English."
    for message in extracted():
        if message.id:
            known = kept.get(message.id)
            fresh.add(message.id, known.string if known else None)
    fresh.creation_date = fresh.revision_date = kept.creation_date
    written = BytesIO()
    write_po(written, fresh, sort_output=True, width=99)
    SOURCE.write_bytes(written.getvalue())
    COMPILED.write_bytes(compiled(catalogue()))


if __name__ == "__main__":
    _renew()
