from pathlib import Path

from corpus import corpus_size, read_records, sample_corpus_path


def test_the_bytes_read_of_a_folder_add_up_to_its_size() -> None:
    counts: list[int] = []
    assert sum(1 for _ in read_records(sample_corpus_path(), on_bytes=counts.append)) == 72
    assert sum(counts) == corpus_size(sample_corpus_path()) > 0


def test_documentation_beside_a_corpus_counts_nothing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Read me")
    assert corpus_size(tmp_path) == 0
