import indexer


def test_public_names_are_these() -> None:
    assert set(indexer.__all__) == {
        "FACETS",
        "MAX_FACET_SIZE",
        "MAX_SIZE",
        "AbbreviationsError",
        "AnalysisError",
        "Bucket",
        "BuildError",
        "BuildProgress",
        "BuildReport",
        "Correction",
        "CorrectionKind",
        "DamagedIndexError",
        "DeleteReport",
        "Duplicate",
        "Facet",
        "ForeignFolderError",
        "GenerationGoneError",
        "Hit",
        "Index",
        "IndexAccessError",
        "IndexInfo",
        "IndexLockedError",
        "IndexMissingError",
        "IndexUnreachableError",
        "IndexUnusableError",
        "IndexVersionError",
        "IndexerError",
        "Interval",
        "MAX_OTHERS",
        "MarkedArticle",
        "Marks",
        "MatchPolicy",
        "Notice",
        "NoticeKind",
        "OptimizeReport",
        "Passage",
        "QueryError",
        "Reason",
        "ReasonKind",
        "ReprintCounter",
        "ReprintFigures",
        "RequestError",
        "Scan",
        "SearchRequest",
        "SearchResult",
        "SearchTimeoutError",
        "SegmentInfo",
        "Snippet",
        "Sort",
        "Story",
        "Suggestion",
        "SuggestionKind",
        "Timeline",
        "TimelineBar",
        "UpdateReport",
        "WhooshPackageError",
        "build_index",
        "check_index",
        "delete_articles",
        "index_info",
        "open_index",
        "whoosh_index",
        "optimize_index",
        "update_index",
    }


def test_public_names_are_sorted_constants_classes_functions() -> None:
    def kind(name: str) -> int:
        return 0 if name.isupper() else 1 if name[0].isupper() else 2

    assert indexer.__all__ == sorted(indexer.__all__, key=lambda name: (kind(name), name))


def test_every_public_name_has_a_docstring() -> None:
    public = [getattr(indexer, name) for name in indexer.__all__ if not name.isupper()]
    assert all(thing.__doc__ for thing in public)
