"""Articles as items of CSL-JSON, which Zotero, Pandoc and citeproc read.

The schema is https://github.com/citation-style-language/schema (`csl-data.json`).
"""

from __future__ import annotations

import json

from corpus import Article, Precision


def csl_json(article: Article) -> str:
    """Write a list of one item; a date is given as exactly as it is known.

    Names are literal: a Vietnamese name begins with the family's, and styles that turn names
    around would take the last part for it.
    """
    item: dict[str, object] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.title,
        "language": "vi",
    }
    if article.authors:
        item["author"] = [{"literal": name} for name in article.authors]
    if article.source:
        item["container-title"] = article.source
    if known := article.published:
        day = known.first_day
        exact = 1 + (known.precision >= Precision.MONTH) + (known.precision >= Precision.DAY)
        item["issued"] = {"date-parts": [[day.year, day.month, day.day][:exact]]}
    if article.url:
        item["URL"] = article.url
    if article.lead:
        item["abstract"] = article.lead
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"
