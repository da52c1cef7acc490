from __future__ import annotations

from pathlib import Path

import pytest

import webapp
from indexer import IndexMissingError
from webapp import create_app
from webapp.settings import SETTINGS, Setting, read_assignment

README = (Path(webapp.__file__).parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_readme_lists_every_setting_as_it_is(setting: Setting) -> None:
    default = "–" if setting.default in (None, "") else f"`{setting.default}`"
    assert f"| `{setting.name}` | {default} | {setting.help} |" in README


def test_a_setting_is_read_from_a_command_line() -> None:
    assert read_assignment("METRICS=1") == ("METRICS", 1)
    assert read_assignment("RATE_LIMIT=5 per second") == ("RATE_LIMIT", "5 per second")
    assert read_assignment("CORS_ORIGINS=") == ("CORS_ORIGINS", "")


@pytest.mark.parametrize("text", ["METRICS", "METRICS=2", "METRICS=yes", "none=1", "PAGE_SIZE=-1"])
def test_an_assignment_without_meaning_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"NAME=VALUE|must be a number"):
        read_assignment(text)


def test_the_index_folder_must_be_given() -> None:
    with pytest.raises(ValueError, match="INDEX must be set"):
        create_app()


@pytest.mark.parametrize(
    ("name", "value"), [("PAGE_SIZE", 0), ("PAGE_SIZE", 101), ("MAX_BARS", "x")]
)
def test_a_setting_without_meaning_is_named(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        create_app({"INDEX": tmp_path, name: value})


def test_no_index_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="build one"):
        create_app({"INDEX": tmp_path / "none"})
