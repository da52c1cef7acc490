"""The description by which browsers add this search to theirs (OpenSearch 1.1, draft 6)."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

MEDIA_TYPE: Final = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE: Final = "application/x-suggestions+json"

_NAMESPACE: Final = "http://a9.com/-/spec/opensearch/1.1/"
_TERMS: Final = "?q={searchTerms}"


def opensearch_description(
    *, search: str, suggest: str, feed: str, icon: str, address: str
) -> bytes:
    """Write the description as XML.

    Args:
        search: Address of the search page, without a query; the others likewise.
        suggest: Address of suggestions.
        feed: Address of the feed.
        icon: Address of the icon.
        address: Address of the description itself.
    """
    root = ET.Element("OpenSearchDescription", {"xmlns": _NAMESPACE})
    for name, text in (
        ("ShortName", "tìm báo"),
        ("Description", "Tìm trong các bài báo tiếng Việt"),
        ("Language", "vi"),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ):
        ET.SubElement(root, name).text = text
    icon_type = {"type": "image/svg+xml", "width": "16", "height": "16"}
    ET.SubElement(root, "Image", icon_type).text = icon
    for kind, template in (
        ("text/html", search + _TERMS),
        ("application/atom+xml", feed + _TERMS),
        (SUGGESTIONS_TYPE, suggest + _TERMS),
    ):
        relation = "suggestions" if kind == SUGGESTIONS_TYPE else "results"
        ET.SubElement(root, "Url", {"type": kind, "rel": relation, "template": template})
    ET.SubElement(root, "Url", {"type": MEDIA_TYPE, "rel": "self", "template": address})
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
