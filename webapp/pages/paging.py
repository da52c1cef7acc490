"""Which pages of a result are linked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page stands among all pages of a result.

    Attributes:
        page: This page, from 1.
        pages: How many there are; at least 1.
        first_hit: Number of its first result, from 1.
        last_hit: Number of its last one.
    """

    page: int
    pages: int
    first_hit: int
    last_hit: int

    @property
    def beyond(self) -> bool:
        """Whether this page lies behind the last one."""
        return self.page > self.pages

    @property
    def previous(self) -> int | None:
        """Number of the page before, if there is one."""
        return min(self.page - 1, self.pages) if self.page > 1 else None

    @property
    def next(self) -> int | None:
        """Number of the page after, if there is one."""
        return self.page + 1 if self.page < self.pages else None

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Pages to link: the first, the last, those near this one; `None` for a gap."""
        here = min(self.page, self.pages)
        near = {1, self.pages, *range(max(1, here - 2), min(self.pages, here + 2) + 1)}
        found: list[int | None] = []
        for number in sorted(near):
            last = found[-1] if found else 0
            if last is not None and number == last + 2:
                found.append(last + 1)
            elif last is not None and number > last + 2:
                found.append(None)
            found.append(number)
        return tuple(found)


def paging(total: int, page: int, page_size: int) -> Paging:
    """Find the place of a page in a list of `total` results."""
    pages = max(1, -(-total // page_size))
    first = (page - 1) * page_size + 1
    return Paging(page, pages, min(first, total), min(first + page_size - 1, total))
