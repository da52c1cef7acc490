"""Whole results as files: for spreadsheets, for programs, and for citing.

To read it in order: `csv_table`, `json_lines` and `bibtex` write articles in their format, a piece
of text for each; `files` gives what is sent or written to disk, in chunks of bytes.
"""

from webapp.exporting.bibtex import bibtex_entry
from webapp.exporting.files import ExportFormat, file_chunks

__all__ = ["ExportFormat", "bibtex_entry", "file_chunks"]
