"""Documents as MongoDB's shells print them, to JSON.

The old shell prints JSON with calls in it (``ISODate("…")``, ``NumberInt(5)``), the new one
(mongosh) prints JavaScript: bare names, single quotes, long texts in parts joined by ``+``.
Dates, ids and numbers become MongoDB's extended JSON or plain values
(https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/).
"""

import json
import re

_STRING = r"""(?:"(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+')"""
_GIVEN = rf"""(?:{_STRING}|[^()"',]{{0,100}}+)"""
_TOKEN = re.compile(
    rf"""
    (?P<plain> "(?:[^"\\]++|\\.)*+" (?! \s*+ \+ ) )
  | (?P<text> {_STRING} (?: \s*+ \+ \s*+ {_STRING} )*+ )
  | (?: new \s++ )? (?P<call> [A-Z][A-Za-z]{{2,20}} ) \s*+ \(
        (?P<given> \s*+ {_GIVEN} (?: , \s*+ {_GIVEN} )*+ )
    \)
  | (?<! [\w$] ) (?P<name> [A-Za-z_$][\w$]*+ ) (?= \s*+ : )
  | (?P<nothing> \b (?: undefined | NaN | -?Infinity | MinKey | MaxKey ) \b )
  | (?P<comma> , (?= \s*+ [}}\]] ) )
    """,
    re.VERBOSE | re.DOTALL,
)
_ONE_STRING = re.compile(_STRING, re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_DATES = frozenset({"ISODate", "Date"})
_NUMBERS = frozenset({"NumberInt", "NumberLong", "NumberDecimal", "Int", "Long", "Double"})


def to_json(text: str) -> str:
    """Return a document as JSON; what is not understood stays, and is no JSON then."""
    return _TOKEN.sub(_replaced, text)


def _replaced(match: re.Match[str]) -> str:
    if plain := match["plain"]:
        return plain
    if text := match["text"]:
        return json.dumps("".join(map(_unquoted, _ONE_STRING.findall(text))))
    if call := match["call"]:
        return _called(call, match["given"].strip()) or match.group()
    if name := match["name"]:
        return json.dumps(name)
    return "null" if match["nothing"] else ""


def _called(call: str, given: str) -> str:
    first = _ONE_STRING.match(given)
    value = _unquoted(first.group()) if first else given
    if call in _DATES:
        return json.dumps({"$date": int(value) if value.lstrip("-").isdigit() else value})
    if call in _NUMBERS:
        return value if re.fullmatch(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?", value) else ""
    return json.dumps(value) if first else "null"


def _unquoted(string: str) -> str:
    return _ESCAPE.sub(_unescaped, string[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])
