"""How a change of an index ends, whatever it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from webapp.commands.console import ExitCode, fail


class Outcome:
    """The exit code of a change; known when its context has ended."""

    code: ExitCode = ExitCode.OK


@contextmanager
def changing() -> Iterator[Outcome]:
    """Tell of the errors of a change, and turn them into an exit code."""
    from corpus import CorpusError, OptionError, PathError
    from indexer import BuildError, IndexUnusableError, RequestError

    outcome = Outcome()
    try:
        yield outcome
    except RequestError as error:
        outcome.code = fail(f"--{error.option}: {error.message}", ExitCode.WRONG_USE)
    except (OptionError, PathError) as error:
        outcome.code = fail(error, ExitCode.WRONG_USE)
    except IndexUnusableError as error:
        outcome.code = fail(error, ExitCode.INDEX_UNUSABLE)
    except (BuildError, CorpusError) as error:
        outcome.code = fail(error, ExitCode.BUILD_FAILED)
    except OSError as error:
        outcome.code = fail(f"stopped: {error}", ExitCode.BUILD_FAILED)
    except KeyboardInterrupt:
        outcome.code = fail(
            "interrupted; an index that was there before is untouched", ExitCode.INTERRUPTED
        )
