"""Errors as pages of the house, without anything that only concerns us."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import Response, render_template
from werkzeug.exceptions import HTTPException

from indexer import IndexUnusableError, SearchTimeoutError
from webapp.api.problems import RETRY_SECONDS, kept_headers, problem_response
from webapp.api.sharing import is_for_machines
from webapp.language import gettext, mark
from webapp.operations.request_log import request_id
from webapp.url_state import SearchState

_log = logging.getLogger(__name__)

_TEXTS: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        400: (
            mark("Yêu cầu không đọc được"),
            mark("Trình duyệt đã gửi một yêu cầu không hiểu được."),
        ),
        404: (
            mark("Không có trang này"),
            mark("Địa chỉ có thể đã sai, hoặc bài đã được gỡ khỏi chỉ mục."),
        ),
        405: (mark("Không dùng được cách này"), mark("Trang này chỉ để đọc và tìm.")),
        413: (
            mark("Yêu cầu quá lớn"),
            mark("Trang này chỉ để đọc và tìm, không nhận dữ liệu gửi lên."),
        ),
        414: (mark("Địa chỉ quá dài"), mark("Hãy rút ngắn câu hỏi, hoặc chọn ít giá trị hơn.")),
        429: (mark("Quá nhiều yêu cầu"), mark("Xin chờ một lát rồi thử lại.")),
        500: (mark("Có lỗi ở máy chủ"), mark("Lỗi đã được ghi lại. Xin thử lại sau ít phút.")),
        503: (mark("Máy chủ chưa trả lời được"), mark("Xin thử lại sau ít phút.")),
    }
)
_TIMED_OUT: Final = (
    mark("Tìm quá lâu"),
    mark("Máy chủ không kịp tìm câu hỏi này. Hãy bớt chữ, bớt dấu *, hoặc thử lại sau."),
)


def show_error(error: Exception) -> Response:
    """Tell of an error, in the form that suits the address that was asked for."""
    if is_for_machines():
        return problem_response(error)
    if isinstance(error, HTTPException) and error.code and error.code < 400:
        return Response(error.get_body(), error.code, error.get_headers())
    code, headers = _status(error)
    if code >= 500 and not isinstance(error, SearchTimeoutError):
        _log.error("request %s failed", request_id(), exc_info=error)
    texts = _TEXTS.get(code, _TEXTS[500 if code >= 500 else 400])
    if isinstance(error, SearchTimeoutError):
        texts = _TIMED_OUT
    heading, text = map(gettext, texts)
    if code == 404 and isinstance(error, HTTPException):
        own = error.description != type(error).description
        text = error.description if own and isinstance(error.description, str) else text
    html = render_template(
        "error.html", code=code, heading=heading, text=text, state=SearchState()
    )
    return Response(html, code, headers)


def _status(error: Exception) -> tuple[int, dict[str, str]]:
    if isinstance(error, SearchTimeoutError | IndexUnusableError):
        return 503, {"Retry-After": RETRY_SECONDS}
    if isinstance(error, HTTPException):
        return error.code or 500, kept_headers(error)
    return 500, {}
