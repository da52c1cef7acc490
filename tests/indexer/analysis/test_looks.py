from indexer.analysis import ALL_CAPITALS, CAPITAL, SIGN_AFTER, SIGN_BEFORE
from indexer.analysis.chunks import ChunkTokens


def looks(*texts: str) -> list[int]:
    return [int(look) for look in ChunkTokens().cut(texts).looks]


def test_capitals_are_told() -> None:
    assert looks("UBND tỉnh Nghệ A") == [CAPITAL | ALL_CAPITALS, 0, CAPITAL, CAPITAL]


def test_a_sign_between_two_tokens_is_told_on_both_sides_of_a_chunk() -> None:
    assert looks("một, (hai) ba") == [SIGN_AFTER, SIGN_BEFORE | SIGN_AFTER, 0]
    assert looks("a-b") == [SIGN_AFTER, SIGN_BEFORE]


def test_a_sign_that_stands_alone_is_told_of_the_token_after_it() -> None:
    assert looks("một – hai") == [0, SIGN_BEFORE]
    assert looks("một –") == [0]
