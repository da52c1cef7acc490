"""What a query text has wrong, said in Vietnamese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple


class NoticeKind(StrEnum):
    """What a notice is about.

    `MISTAKE`: something in the query text is wrong, and strict mode refuses it. `INFORMATION`:
    nothing is wrong, but the text was read otherwise than somebody may think.
    """

    MISTAKE = "mistake"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is wrong in a query text or may surprise, and how the text was read all the same.

    Attributes:
        code: What it is, in one word; stays the same when the wording changes.
        message_vi: What is wrong, how it was read and how to mend it, in Vietnamese.
        message_en: The same in English.
        start: Where the part that is meant begins in the typed text, in characters from 0.
        end: Where it ends.
        mend: The whole query text as it was perhaps meant, or `None` if nobody can know.
        kind: Whether it is a mistake.
    """

    code: str
    message_vi: str
    message_en: str
    start: int
    end: int
    mend: str | None = None
    kind: NoticeKind = NoticeKind.INFORMATION


class Message(NamedTuple):
    """What a notice says, with places for what varies."""

    vietnamese: str
    english: str
    kind: NoticeKind = NoticeKind.MISTAKE


MESSAGES: Final = {
    "unclosed_quote": Message(
        "Dấu ngoặc kép này không có dấu đóng hoặc mở đi cùng, nên được bỏ qua; các từ sau nó được "
        "tìm như từ thường. Hãy đặt cả cụm từ giữa hai dấu ngoặc kép.",
        "This quotation mark has no other half, so it was ignored and the words after it were "
        "read as ordinary words. Put the whole phrase between two quotation marks.",
    ),
    "unclosed_parenthesis": Message(
        "Dấu ngoặc mở này không có dấu đóng, nên được bỏ qua. Hãy thêm dấu ) vào cuối nhóm.",
        "This opening parenthesis is never closed, so it was ignored. Add a ) where the group "
        "ends.",
    ),
    "unopened_parenthesis": Message(
        "Dấu ngoặc đóng này không có dấu mở, nên được bỏ qua. Hãy thêm dấu ( vào đầu nhóm hoặc "
        "xóa dấu này.",
        "This closing parenthesis was never opened, so it was ignored. Add a ( where the group "
        "begins, or take this one out.",
    ),
    "dangling_operator": Message(
        "{part} không có gì để nối, nên được tìm như một từ. Hãy viết thêm vế còn thiếu, hoặc "
        "xóa {part}.",
        "{part} has nothing to join here, so it was read as a word. Add the missing side, or "
        "take {part} out.",
    ),
    "near_sides": Message(
        "{part} chỉ nối được hai từ hoặc hai cụm từ trong ngoặc kép (không kèm ~), nên ở đây được "
        "tìm như một từ. Hãy đặt một từ hoặc một cụm từ ở mỗi bên.",
        "{part} only joins two words or quoted phrases (without ~), so here it was read as a "
        "word. Put one word or one phrase on each side of it.",
    ),
    "bad_distance": Message(
        "{part} không ghi khoảng cách bằng số, nên được tìm như một từ. Hãy viết GẦN/5 để tìm hai "
        "từ cách nhau nhiều nhất 5 từ.",
        "{part} does not give its distance as a number, so it was read as a word. Write NEAR/5 "
        "for at most 5 words apart.",
    ),
    "capital_operator": Message(
        "Câu tìm chỉ có chữ hoa, như một tít báo viết hoa, nên {part} được tìm như một từ. Muốn "
        "dùng {part} làm phép nối, hãy viết các từ khác bằng chữ thường.",
        "The query is all in capitals, as a printed headline may be, so {part} was read as a "
        "word. To use {part} as an operator, type the other words in lower case.",
        NoticeKind.INFORMATION,
    ),
    "distance_out_of_range": Message(
        "Khoảng cách trong {part} phải từ {least} đến {most}; {used} đã được dùng thay vào.",
        "The distance in {part} must be from {least} to {most}; {used} was used instead.",
    ),
    "bad_slop": Message(
        'Sau dấu ~ phải là một số viết liền, chẳng hạn "biển đảo"~3; dấu ~ này được bỏ qua.',
        'A ~ needs a number directly behind it, as in "biển đảo"~3; this ~ was ignored.',
    ),
    "bad_date": Message(
        "Không đọc được ngày tháng trong {part}, nên phần này được tìm như từ thường. Hãy viết "
        "chẳng hạn ngày:08/04/2021, ngày:2021-04 hoặc ngày:01/04/2021..08/04/2021.",
        "There is no date that can be read in {part}, so it was searched for as words. Write for "
        "example date:08/04/2021, date:2021-04 or date:01/04/2021..08/04/2021.",
    ),
    "reversed_dates": Message(
        "Ngày đầu trong {part} sau ngày cuối, nên hai ngày được đổi chỗ cho nhau.",
        "The first date in {part} comes after the last one, so the two were swapped.",
    ),
    "disjoint_dates": Message(
        "Không có ngày nào vừa thuộc {other} vừa thuộc {part}. Hãy xem lại hai ngày này, hoặc bỏ "
        "một trong hai.",
        "No day is in both {other} and {part}. Check these dates, or take one of them out.",
    ),
    "empty_field": Message(
        "Sau {part} chưa có gì để tìm, nên phần này được tìm như từ thường. Hãy viết giá trị liền "
        "sau dấu hai chấm, không cách ra.",
        "Nothing to search for follows {part}, so it was read as a word. Write the value directly "
        "behind the colon, without a space.",
    ),
    "spaced_field": Message(
        "Sau {part} có dấu cách, nên {part} được tìm như một từ. Muốn tìm trong trường này, hãy "
        "viết liền sau dấu hai chấm.",
        "There is a space behind {part}, so it was read as a word. To search in that field, write "
        "its value directly behind the colon.",
        NoticeKind.INFORMATION,
    ),
    "unknown_field": Message(
        "Không có trường nào tên là {part}, nên phần này được tìm như từ thường. Có phải bạn muốn "
        "viết {name}: không?",
        "There is no field called {part}, so it was searched for as words. Did you mean {name}:?",
    ),
    "nested_field": Message(
        "{part} đứng trong ngoặc của một trường khác, nên được tìm như từ thường. Hãy đưa phần "
        "này ra ngoài ngoặc.",
        "{part} stands inside the parentheses of another field, so it was read as words. Move it "
        "out of them.",
    ),
    "ignored_wildcard": Message(
        "Dấu * trong {part} không dùng được ở đây, nên không thay cho chữ nào. Hãy dùng dấu * "
        "trong một từ đứng riêng, ngoài ngoặc kép, chẳng hạn cảng*.",
        "The * in {part} does not work here and stands for nothing. Use it in a word of its own "
        "outside of quotation marks, as in cảng*.",
    ),
    "too_deep": Message(
        "Có hơn {most} lớp ngoặc hoặc phủ định lồng nhau; từ chỗ này trở vào chúng không còn được "
        "hiểu là ngoặc hay phủ định. Hãy viết câu tìm đơn giản hơn.",
        "More than {most} parentheses or negations lie inside each other; from here on the "
        "inner ones are not read as such. Write a simpler query.",
    ),
    "no_words": Message(
        "Trong câu tìm không có chữ cái hay chữ số nào. Hãy viết ít nhất một từ để tìm.",
        "The query has no letter and no digit to search for. Write at least one word.",
    ),
}
"""The message of each code."""


def notice(
    code: str, start: int, end: int, mend: str | None = None, /, **values: str | int
) -> Notice:
    """Make a notice from its code and the values that its message names."""
    vietnamese, english, kind = MESSAGES[code]
    return Notice(
        code, vietnamese.format(**values), english.format(**values), start, end, mend, kind
    )


def replaced(text: str, start: int, end: int, by: str = "") -> str | None:
    """Give a text with a part of it replaced, as a mend; `None` if nothing would be left.

    Where a part is taken out, words around it are kept apart by one space.
    """
    before, after = text[:start], text[end:]
    if by:
        return before + by + after
    if not before or before[-1].isspace() or before[-1] == "(":
        before, after = before.rstrip(), after.lstrip()
        between = " " if before[-1:] not in ("", "(") and after else ""
    else:
        between = " " if after[:1].isalnum() else ""
    return (before + between + after).strip() or None
