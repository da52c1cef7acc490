from indexer.analysis import tokenize
from indexer.search.compiling.wanted import Wanted
from indexer.search.reasons import OneOf


def add(wanted: Wanted, text: str) -> None:
    tokens = list(tokenize(text))
    wanted.add(text, tokens, [(token.text,) for token in tokens])


def test_tokens_are_rows_of_neighbours() -> None:
    wanted = Wanted()
    for text in ("Hoà", "TP.HCM"):
        add(wanted, text)
    wanted.begin_row()
    wanted.begin_row()
    wanted.add_pattern("cảng*", ("cảng", "cảngs"))
    assert wanted.rows() == (
        (("hòa",), ("tp",), ("hcm",)),
        (("cảng", "cảngs"),),
    )
    assert wanted.texts() == ["hòa tp hcm", "cảng*"]
    assert wanted.terms() == [["hòa", "tp", "hcm"], ["cảng*"]]


def test_words_are_given_once_as_they_were_typed_first() -> None:
    wanted = Wanted()
    for text in ("Hoà", "TP.HCM", "hòa", "tp.hcm", "TP"):
        add(wanted, text)
    assert [word.typed for word in wanted.words()] == ["Hoà", "TP.HCM", "TP"]
    assert [len(word.tokens) for word in wanted.words()] == [1, 2, 1]


def test_word_is_another_one_in_a_field() -> None:
    wanted = Wanted()
    add(wanted, "phố")
    wanted.field = "title"
    add(wanted, "Phố")
    add(wanted, "phố")
    wanted.add_alternatives({(("phố",),): ((("đường",),),)})
    wanted.field = None
    assert [(word.typed, word.field, word.alternatives) for word in wanted.words()] == [
        ("phố", None, ()),
        ("Phố", "title", ((("đường",),),)),
    ]


def test_what_a_word_may_stand_as_is_told_for_each_part_of_a_choice() -> None:
    wanted = Wanted()
    road, city, lane = (("đường",),), (("thành", "phố"),), (("ngõ",),)
    add(wanted, "phố")
    wanted.add_alternatives({(("phố",),): (road,)})
    wanted.begin_choice()
    for ways in ((city,), (lane, ()), (), (city,)):
        wanted.begin_part()
        wanted.add_alternatives({(("phố",),): ways} if ways else {})
    wanted.end_choice()
    (word,) = wanted.words()
    assert word.alternatives == (road, OneOf(((city,), (lane, ()))))


def test_choice_with_a_word_in_one_part_is_none_for_it() -> None:
    wanted = Wanted()
    add(wanted, "phố")
    wanted.begin_choice()
    for row in ("phố", "xa"):
        wanted.begin_part()
        wanted.add_alternatives({((row,),): ((("đường",),),)})
    wanted.end_choice()
    (word,) = wanted.words()
    assert word.alternatives == ((("đường",),),)
