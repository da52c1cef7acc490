"""The section: the paper's own path to an article, such as ``the-thao/bong-da``.

It is the run of short slugs that the path begins with, without the article itself. The
article is the last segment or, where that is only a number, the headline before it; a letter or
a second number may stand between them (``/ukraine/c/24837361.epi``, ``/lu-lut/20451234/157/``).
Folders that say no more than "an article follows" (``tin-tuc``, ``bai-viet``, a language) are left
out at both ends of the run, not inside of it.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

from corpus.urls.sites import known_sites

_SLUG = re.compile(r"[^\W\d_][^\W_]*(?:-+[^\W_]+)*")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_SYLLABLES_OF_A_SECTION = 6

# Folders that say "an article follows", or in which language, not what it is about.
# fmt: off
_SAYS_NOTHING = frozenset({
    "amp", "article", "articles", "bai-viet", "baiviet", "bao-dien-tu", "blog", "categories",
    "category", "chi-tiet", "chi-tiet-bai-viet", "chi-tiet-tin", "chi-tiet-tin-tuc",
    "chuyen-muc", "chuyenmuc", "content", "contents", "danh-muc", "default", "detail",
    "detail-news", "detailnews", "details", "guest", "home", "index", "item", "items", "m",
    "mobile", "new", "news", "news-detail", "newsdetail", "node", "noi-dung", "p", "page",
    "pages", "portal", "post", "posts", "read", "share", "site", "spider", "story", "tianyon",
    "tin", "tin-bai", "tin-tuc", "tintuc", "trang-chu", "view", "web",
    # languages
    "cn", "de", "en", "es", "eu", "fr", "ja", "jp", "km", "ko", "kr", "lo", "ru", "vi", "vi-vn",
    "vie", "vietnamese", "vn", "zh", "eng", "english", "en-us",
})
# Folders below which nothing is an article in a section of a newspaper.
_NO_NEWSPAPER = frozenset({
    "author", "authors", "cdn-cgi", "f", "forum", "forums", "hashtag", "profile", "search",
    "tac-gia", "tag", "tags", "thread", "threads", "tim-kiem", "topic", "topics", "user",
    "wp-content",
})
# Names of parameters that a path may hold; what follows belongs to them.
_PARAMETERS = frozenset({
    "articleid", "artmid", "asset-publisher", "cat", "id", "itemid", "newsid",
})
# fmt: on

# The last segment is a number, perhaps with letters before or behind: d20211023, c12a345.htm.
_NUMBER = re.compile(r"[a-z]{0,4}[-_]?[0-9]+(?:[-_a-z]{1,5}[0-9]+)*[-_]?[a-z]{0,5}", re.IGNORECASE)

# What may stand between a headline and the last number: a letter, or a number that is no month.
_BETWEEN_HEADLINE_AND_NUMBER = re.compile(r"[a-z]|(?!(?:19|20)[0-9]{4}$)[0-9]{5,}")
_YEAR_OR_MONTH = re.compile("nam-?(?:19|20)[0-9]{2}|thang-?[0-9]{1,2}")

_ENDING = re.compile(r"\.[a-z]{2,6}$", re.IGNORECASE)
_NUMBER_BEHIND = re.compile("-?[0-9]+$")


def section_in(host: str, segments: Sequence[str]) -> str:
    """Return the section that a path gives, or an empty text.

    Args:
        host: The host, in lower case.
        segments: The parts of the path between slashes, decoded, none empty.
    """
    folders = [_folder(segment) for segment in segments[:-1]]
    if folders and _is_number(segments[-1]):
        last = folders.pop()
        if folders and _BETWEEN_HEADLINE_AND_NUMBER.fullmatch(last):
            folders.pop()
    if not _NO_NEWSPAPER.isdisjoint(folders):
        return ""
    own = set(host.split("."))
    sites = known_sites()

    def says_nothing(folder: str) -> bool:
        return (
            folder in _SAYS_NOTHING
            or not own.isdisjoint((folder, _NUMBER_BEHIND.sub("", folder)))
            or sites.is_folder_of_all(host, folder)
        )

    while folders and says_nothing(folders[0]):
        folders.pop(0)
    run = list(takewhile(_may_be_section, folders))
    while run and says_nothing(run[-1]):
        run.pop()
    return "/".join(run)


def _folder(segment: str) -> str:
    return unicodedata.normalize("NFC", segment).lower().replace("_", "-").strip("-")


def _is_number(segment: str) -> bool:
    stem = _ENDING.sub("", segment)
    return not _TWO_LETTERS.search(stem) or bool(_NUMBER.fullmatch(stem))


def _may_be_section(folder: str) -> bool:
    return (
        bool(_SLUG.fullmatch(folder))
        and bool(_TWO_LETTERS.search(folder))
        and folder not in _PARAMETERS
        and not _YEAR_OR_MONTH.fullmatch(folder)
        and folder.count("-") < _SYLLABLES_OF_A_SECTION
    )
