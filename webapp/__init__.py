"""The search page, and the `timbao` command.

To read it in order:

1. `url_state`   what a page address asks for, and the address of every state
2. `settings`    what can be configured, and `app`, the factory that uses it
3. `live_index`  the open index, replaced while requests run
4. `pages`       what each page shows, as plain values, and the views that fill the templates
5. `exporting`   whole results as files; `api` and `feeds`, for programs
6. `operations`  what those who run it need; `serving`, the servers
7. `commands`    the subcommands of `cli`; each imports what it needs only when it runs

Only public names of `corpus` and `indexer` are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from webapp.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    # Flask is imported for the page only: `timbao search` starts without it.
    if name == "create_app":
        from webapp.app import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
