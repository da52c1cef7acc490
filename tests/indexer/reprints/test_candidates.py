"""Which pairs of articles are compared, from the samples of their shingles."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reprints.candidates import Pairs, candidates
from indexer.reprints.sampling import SAMPLE_WIDTH, sample
from indexer.reprints.shingles import shingles, syllable_hashes
from tests.indexer.reprints.articles import SYLLABLES, syllables


def sampled(texts: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
    forms = [form for text in texts for form in text]
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return sample(syllable_hashes(forms), owners, len(texts))


def pairs_of(texts: list[list[str]]) -> Pairs:
    samples, counts = sampled(texts)
    return candidates(samples, counts)


def found(pairs: Pairs) -> set[tuple[int, int]]:
    return set(zip(pairs.firsts.tolist(), pairs.seconds.tolist(), strict=True))


@given(st.lists(st.lists(st.sampled_from(SYLLABLES[:4]), max_size=12), max_size=5))
def test_shingles_of_a_text_do_not_depend_on_the_texts_around_it(texts: list[list[str]]) -> None:
    forms = [form for text in texts for form in text]
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    together = shingles(syllable_hashes(forms), owners, 3)
    for number, text in enumerate(texts):
        own = together.hashes[owners[together.places] == number]
        alone = shingles(syllable_hashes(text), np.zeros(len(text), np.int64), 3).hashes
        assert own.tolist() == alone.tolist()
        assert len(own) == max(0, len(text) - 2)


@given(st.lists(st.lists(st.sampled_from(SYLLABLES), max_size=90), max_size=4))
def test_the_sample_of_a_text_does_not_depend_on_the_texts_around_it(
    texts: list[list[str]],
) -> None:
    samples, counts = sampled(texts)
    alone = [sampled([text]) for text in texts]
    assert counts.tolist() == [int(own.sum()) for _, own in alone]
    assert samples.tolist() == [one for own, _ in alone for one in own.tolist()]


@pytest.mark.parametrize(
    ("length", "least", "most"), [(80, 3, 16), (500, 8, 26), (5_000, 120, 200)]
)
def test_long_texts_have_one_sample_in_36_shingles_and_short_ones_some(
    length: int, least: int, most: int
) -> None:
    _, counts = sampled([syllables(random.Random(7), length)])
    assert least <= counts[0] <= most


def test_a_text_shorter_than_a_shingle_has_no_sample() -> None:
    samples, counts = sampled([["a"] * (SAMPLE_WIDTH - 1), []])
    assert (samples.tolist(), counts.tolist()) == ([], [0, 0])


def test_texts_that_share_a_half_are_a_pair_and_others_none() -> None:
    chance = random.Random(5)
    shared = syllables(chance, 250)
    texts = [syllables(chance, 500) for _ in range(20)]
    texts[4][100:350] = shared
    texts[17][10:260] = shared
    assert found(pairs_of(texts)) == {(4, 17)}


def test_many_copies_hang_together_without_all_pairs() -> None:
    chance = random.Random(6)
    text = syllables(chance, 400)
    pairs = pairs_of([syllables(chance, 400), *([text] * 200), syllables(chance, 400)])
    assert len(pairs.firsts) < 500
    assert {*pairs.firsts.tolist(), *pairs.seconds.tolist()} == set(range(1, 201))


def test_a_phrase_that_many_articles_share_makes_no_pair() -> None:
    chance = random.Random(8)
    phrase = syllables(chance, 12)
    texts = [[*syllables(chance, 300), *phrase, *syllables(chance, 100)] for _ in range(60)]
    assert not found(pairs_of(texts))
