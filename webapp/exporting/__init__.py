"""Whole results as files: for spreadsheets, for programs, and for citing.

To read it in order: `questions` tells what is asked for; `csv_table`, `json_lines` and `bibtex`
write articles in their format, a piece of text for each; `files` gives what is sent or written to
disk, in chunks of bytes. `ris` and `csl_json` write single articles, for reference managers.
"""

from webapp.exporting.bibtex import bibtex_entry
from webapp.exporting.csl_json import csl_json
from webapp.exporting.files import ExportFormat, file_chunks
from webapp.exporting.questions import for_export, for_feed
from webapp.exporting.ris import ris_record

__all__ = [
    "ExportFormat",
    "bibtex_entry",
    "csl_json",
    "file_chunks",
    "for_export",
    "for_feed",
    "ris_record",
]
