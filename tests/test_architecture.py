"""The house: what lies where, who imports whom, and what is installed."""

import ast
import importlib.util
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus
import indexer

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "indexer", "webapp")
TOP_LEVEL = {"LICENSE", "README.md", "pyproject.toml", "tests", *PACKAGES}
LONGEST_MODULE = 400

MODULES = sorted(
    path.relative_to(ROOT) for name in (*PACKAGES, "tests") for path in (ROOT / name).rglob("*.py")
)
OURS = [path for path in MODULES if path.parts[0] in PACKAGES]

MEETING_PLACES = {
    *("indexer.schema", "indexer.analysis", "indexer.engines", "indexer.errors"),
    "indexer.deadline",
    *("indexer.store", "indexer.durability"),
}
"""Where the write side and the read side of the indexer meet."""


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Module and imported name of every import in a file, also of those inside functions."""
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ""
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                yield node.module or "", alias.name


def roots(path: Path) -> set[str]:
    return {module.partition(".")[0] for module, _ in imports(path)}


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def modules_of(*folders: str) -> list[Path]:
    return [path for path in OURS if str(path).startswith(tuple(f"{f}/" for f in folders))]


def names(path: Path) -> str:
    return str(path)


@pytest.mark.parametrize("path", OURS, ids=names)
def test_nothing_imports_tests(path: Path) -> None:
    assert "tests" not in roots(path)


@pytest.mark.parametrize("path", modules_of("corpus"), ids=names)
def test_corpus_imports_no_other_package_of_ours(path: Path) -> None:
    assert not roots(path) & {"indexer", "webapp"}


@pytest.mark.parametrize("path", modules_of("indexer"), ids=names)
def test_indexer_imports_only_public_names_of_corpus(path: Path) -> None:
    assert "webapp" not in roots(path)
    for module, name in imports(path):
        if inside(module, "corpus"):
            assert module == "corpus"
            assert name in corpus.__all__


@pytest.mark.parametrize("path", modules_of("webapp"), ids=names)
def test_webapp_imports_only_public_names_of_the_others(path: Path) -> None:
    public = {"corpus": corpus.__all__, "indexer": indexer.__all__}
    for module, name in imports(path):
        for package, allowed in public.items():
            if inside(module, package):
                assert module == package
                assert name in allowed


@pytest.mark.parametrize("path", modules_of("webapp"), ids=names)
def test_webapp_knows_no_engine_and_no_segmenter(path: Path) -> None:
    assert not roots(path) & {"whoosh", "pyvi", "numpy", "sklearn", "sklearn_crfsuite"}


@pytest.mark.parametrize(
    "path", [p for p in OURS if not str(p).startswith("indexer/columnar/")], ids=names
)
def test_only_the_columnar_index_imports_whoosh(path: Path) -> None:
    assert "whoosh" not in roots(path)


@pytest.mark.parametrize("path", modules_of("indexer/build", "indexer/search"), ids=names)
def test_sides_of_the_indexer_meet_only_where_they_may(path: Path) -> None:
    own = ".".join(path.parts[:2])
    for module, _ in imports(path):
        if inside(module, "indexer") and not inside(module, own):
            assert any(inside(module, place) for place in MEETING_PLACES), module


@pytest.mark.parametrize(
    "path",
    modules_of("indexer/engines", "indexer/analysis", "indexer/columnar", "indexer/store"),
    ids=names,
)
def test_foundations_of_the_indexer_know_neither_side(path: Path) -> None:
    for module, _ in imports(path):
        assert not inside(module, "indexer.build")
        assert not inside(module, "indexer.search")


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_module_is_not_long(path: Path) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= LONGEST_MODULE


def tracked() -> list[str]:
    """Files under version control; those of an installed or unpacked copy are all its files."""
    if not (ROOT / ".git").exists():
        pytest.skip("no version control here")
    command = ["git", "-c", "core.quotepath=off", "ls-files"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    ).stdout.splitlines()


def test_top_level_holds_only_what_the_house_has() -> None:
    found = {Path(name).parts[0] for name in tracked()}
    assert {name for name in found if not name.startswith(".")} == TOP_LEVEL


def test_every_module_is_under_version_control() -> None:
    ignored = {str(path) for path in OURS} - set(tracked())
    untracked = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout.splitlines()
    assert ignored <= set(untracked), "an ignore rule hides modules"


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names of the files of a built wheel."""
    for needed in ("hatchling", "build"):
        if importlib.util.find_spec(needed) is None:
            missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            missing(f"{needed} is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], cwd=folder, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        return archive.namelist()


def test_wheel_holds_the_three_packages_and_nothing_else(wheel: list[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_wheel_holds_every_module(wheel: list[str]) -> None:
    assert {path.as_posix() for path in OURS} <= set(wheel)


def test_wheel_holds_the_data_files(wheel: list[str]) -> None:
    data = [path for name in PACKAGES for path in (ROOT / name).rglob("*") if path.is_file()]
    suffixes = {".txt", ".toml", ".tsv", ".typed", ".html", ".css", ".js", ".svg", ".mo"}
    expected = {p.relative_to(ROOT).as_posix() for p in data if p.suffix in suffixes}
    expected |= {f"{package}/py.typed" for package in PACKAGES}
    assert expected <= set(wheel)
    assert sum(name.startswith("corpus/samples/") for name in wheel) >= 60
