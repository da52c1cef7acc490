import corpus


def test_public_names_are_these() -> None:
    assert corpus.__all__ == [
        "VIETNAM",
        "Article",
        "ArticleError",
        "CorpusError",
        "CorpusSummary",
        "CorpusTally",
        "FileGroup",
        "FileReport",
        "Finding",
        "OptionError",
        "Origin",
        "Paper",
        "PaperKind",
        "Papers",
        "PapersError",
        "PathError",
        "Precision",
        "Provenance",
        "PublicationDate",
        "PublicationDateError",
        "ReadProgress",
        "Record",
        "RecordError",
        "SkippedRecord",
        "StreamError",
        "UrlDescription",
        "all_topics",
        "canonical_url",
        "checked_date",
        "corpus_size",
        "describe_url",
        "inspect_corpus",
        "kind_of",
        "provenance_of",
        "read_articles",
        "read_records",
        "sample_articles",
        "sample_corpus_path",
        "topic_of",
        "valid_id",
        "with_metadata",
    ]


def test_every_public_name_exists_and_has_a_docstring() -> None:
    for name in corpus.__all__:
        assert name == "VIETNAM" or getattr(corpus, name).__doc__, name


def test_every_error_is_a_corpus_error() -> None:
    errors = [name for name in corpus.__all__ if name.endswith("Error")]
    assert all(issubclass(getattr(corpus, name), corpus.CorpusError) for name in errors)
