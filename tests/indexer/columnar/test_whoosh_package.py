from __future__ import annotations

import pytest

from indexer import WhooshPackageError
from indexer.columnar.whoosh_view.package import check_packages, installed_packages


@pytest.mark.parametrize("installed", [{"whoosh3": "3.54.0"}, {"whoosh-reloaded": "2.7.5"}])
def test_accepts_either_of_the_tested_packages(installed: dict[str, str]) -> None:
    check_packages(installed)


@pytest.mark.parametrize(
    ("installed", "message"),
    [
        ({}, r"pip install whoosh3==3\.54\.0"),
        ({"whoosh3": "3.53.0"}, "pip uninstall whoosh3"),
        ({"whoosh": "2.7.4"}, "comes from whoosh 2.7.4.*pip uninstall whoosh"),
        ({"whoosh-ng": "1"}, "pip uninstall whoosh-ng"),
        (
            {"whoosh3": "3.54.0", "whoosh-reloaded": "2.7.5"},
            "over each other.*pip uninstall whoosh-reloaded whoosh3",
        ),
    ],
)
def test_says_what_to_uninstall(installed: dict[str, str], message: str) -> None:
    with pytest.raises(WhooshPackageError, match=message):
        check_packages(installed)


def test_the_package_in_use_is_one_of_them() -> None:
    check_packages(installed_packages())
