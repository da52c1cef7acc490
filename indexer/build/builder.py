"""`build_index`: read, analyse, write, switch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from corpus import FileReport, SkippedRecord
from indexer.analysis import Analyzer, Segmenter
from indexer.build.reading import CorpusPart, Reading, check_options
from indexer.build.report import BuildProgress, BuildReport
from indexer.build.writing import Work, figures, write_articles
from indexer.engines.embedded import EmbeddedWriter
from indexer.engines.opensearch.address import is_address
from indexer.errors import BuildError, RequestError
from indexer.store.clustering import find_stories
from indexer.store.snapshot import reprint_figures
from indexer.store.transaction import begin_writing


def build_index(
    corpus: CorpusPart | Iterable[CorpusPart],
    directory: str | os.PathLike[str],
    *,
    processes: int = 1,
    limit: int | None = None,
    strict: bool = False,
    on_progress: Callable[[BuildProgress], None] | None = None,
    on_skip: Callable[[SkippedRecord], None] | None = None,
    field_map: Mapping[str, str] | None = None,
    encoding: str | None = None,
    reprints: bool = True,
    on_file: Callable[[FileReport], None] | None = None,
    part: str | None = None,
) -> BuildReport:
    """Build an index, and put it in the place of the one that was there.

    The new index is made aside. Until it is complete, and if the build stops for any reason, the
    old one is searched as before. Of several articles with the same id the last one is kept.
    Articles that were withdrawn (`delete_articles` with `tombstone`) stay out.

    Args:
        corpus: Files, folders and articles, one or several.
        directory: Folder of the index; made where there is none. If it
            lies in a folder of the corpus it is no part of that. Or the address of an index that
            OpenSearch keeps.
        processes: Worker processes for the analysis. More than one needs a main module that can
            be imported again (`if __name__ == "__main__":`), as `multiprocessing` does.
        limit: The most articles to read.
        strict: Stop at the first record that gives no article.
        on_progress: Called as articles are written.
        on_skip: Called with each record that gives no article.
        field_map: For fields of an article the name that the records have for it, where it is
            not to be guessed; see `corpus.read_articles`.
        encoding: The encoding of all texts, where it is not to be recognised.
        reprints: Whether to find which articles are reprints of each other; updates of the index
            do the same.
        on_file: Called at the end of each file with what it was read as.
        part: Which part of the corpus to write, such as `3/16`: several machines read one corpus
            and write together. Of an index that OpenSearch keeps only; the part that is done last
            completes it.

    Returns:
        What was done, and what was left out.

    Raises:
        RequestError: `processes` or `limit` is not positive.
        CorpusError: The corpus cannot be read, or, if strict, one record of it.
        IndexUnusableError: The folder holds something that is not an index, or one that is
            damaged or of another version; nothing in it was changed.
        BuildError: The index could not be built.
    """
    check_options(processes, limit)
    if part is not None and not is_address(directory):
        raise RequestError("part", "is for an index that OpenSearch keeps (opensearch://…)")
    started = time.perf_counter()
    reading = Reading(
        corpus,
        strict,
        on_skip,
        field_map=field_map,
        encoding=encoding,
        on_file=on_file,
        leave_out=None if is_address(directory) else directory,
    )
    analyzer = Analyzer(Segmenter())
    if is_address(directory):
        from indexer.build.cluster.building import Plan, build_on_cluster, kept_out_of
        from indexer.build.cluster.parts import Part, plan_of

        own = Part() if part is None else Part.parse(part)
        work = Work(reading, limit, analyzer, processes, kept_out_of(directory), on_progress)
        name = plan_of(corpus, own, limit, field_map, encoding)
        return build_on_cluster(directory, Plan(work, own, name, reprints))
    with begin_writing(Path(directory), create=True) as transaction:
        folder = transaction.new_segment()
        kept_out = transaction.tombstones()
        written = write_articles(
            EmbeddedWriter(folder),
            Work(reading, limit, analyzer, processes, kept_out, on_progress),
        )
        if not written.articles:
            raise BuildError(
                f"the corpus holds no article: records skipped {reading.skipped}"
                + (f", the first at {reading.examples[0]}" if reading.examples else "")
                + f"; articles withdrawn {written.kept_out}. Nothing was built"
            )
        segment = transaction.segment_record(folder, len(written.newest))
        stories = (
            find_stories(transaction, [segment], tokens=analyzer.tokens) if reprints else None
        )
        manifest = transaction.publish([segment], stories=stories, segmenter=analyzer.segmenter)
        found = reprint_figures(transaction.directory, manifest)
    return BuildReport(
        articles=manifest.articles,
        **figures(reading, written),
        seconds=time.perf_counter() - started,
        size_bytes=manifest.file_bytes(),
        reprints=found,
    )
