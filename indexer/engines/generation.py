"""What is known of a generation beside its engine, wherever it is kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from indexer.analysis import Segmenter


class Generation(Protocol):
    """What is known of the generation that an engine searches."""

    @property
    def directory(self) -> Path | str:
        """Folder of the index, or its address."""

    @property
    def generation(self) -> str:
        """Name of the generation; those of later ones come after it in alphabetical order."""

    @property
    def created_at(self) -> datetime:
        """When it was completed; timezone-aware."""

    @property
    def segmenter(self) -> Segmenter:
        """What cut the articles, and is to cut queries."""

    def is_current(self) -> bool:
        """Tell whether it is still the generation that would be opened now."""
