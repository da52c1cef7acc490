"""One form for all addresses of a page."""

from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

# fmt: off
_TRACKING = frozenset({
    "_ga", "_gl", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "mc_cid",
    "mc_eid", "mkt_tok", "msclkid", "ttclid", "twclid", "wbraid", "yclid", "zarsrc",
})
# fmt: on


def canonical_url(url: str) -> str:
    """Return a form that is the same for all addresses of one page.

    It ignores the scheme, the port, ``www.``, the case of the host, a slash at the end, the
    fragment, parameters that only track readers (``utm_*``, ``fbclid``, …), the order of the
    others, and how letters are percent-encoded. It identifies a page and is no address.

    Raises:
        ValueError: If the address cannot be parsed.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    port = parts.port
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    page = host + unquote(parts.path).rstrip("/")
    if not parts.query:
        return page
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith("utm_")
    )
    return f"{page}?{urlencode(query)}" if query else page
