"""Articles and stories are counted by value as a plain count of distinct pairs has it."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.postings import Ints
from indexer.engines.embedded.stories import Stories
from indexer.engines.embedded.story_values import StoryValues

VALUES = 4


def some_stories(sizes: list[int]) -> Stories:
    """Make stories of so many articles each, the first article of each being its earliest."""
    starts = np.cumsum([0, *sizes])[:-1]
    earliest = np.repeat(starts, sizes).astype(np.uint32)
    return Stories(earliest, lambda articles: articles)


@given(st.data(), st.lists(st.integers(1, 6), min_size=1, max_size=60))
def test_surplus_is_articles_less_stories(data: st.DataObject, sizes: list[int]) -> None:
    stories = some_stories(sizes)
    chance = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    held = chance.random((len(stories.members), VALUES)) < data.draw(st.sampled_from((0.2, 0.7)))
    # What is found may be nearly all, or so little that nothing is tabulated.
    count = data.draw(st.integers(0, sum(sizes)))
    articles: Ints = np.sort(chance.permutation(sum(sizes))[:count])

    ranks, values = np.nonzero(held)
    of_stories = StoryValues(stories, ranks, values, VALUES)
    together = stories.together(articles)
    alike = Counter(stories.of(articles).tolist())
    having_others = [a for a in articles.tolist() if alike[int(stories.of(np.array([a]))[0])] > 1]
    assert together.articles.tolist() == having_others
    assert sorted([*together.articles, *together.alone]) == articles.tolist()

    of_articles: Ints = held[stories.ranks[having_others]].sum(axis=0, dtype=np.int64)
    surplus = of_stories.surplus(together, np.arange(VALUES), lambda: of_articles)
    pairs = {
        (int(stories.of(np.array([article]))[0]), value)
        for article in having_others
        for value in np.flatnonzero(held[stories.ranks[article]]).tolist()
    }
    told = [sum(of == value for _, of in pairs) for value in range(VALUES)]
    assert surplus.tolist() == (of_articles - told).tolist()
