from collections import Counter

from corpus import Article, read_records, sample_articles, sample_corpus_path


def test_sample_corpus_has_many_articles_papers_sections_and_years() -> None:
    articles = list(sample_articles())
    dated = [article.published.start.year for article in articles if article.published]
    assert len(articles) >= 60
    assert len({article.source for article in articles}) >= 8
    assert len({article.section for article in articles}) >= 10
    assert len(set(dated)) >= 3


def test_every_sample_article_has_all_that_the_form_holds() -> None:
    for record in read_records(sample_corpus_path(), strict=True):
        article = record.article
        parts = (article.lead, article.source, article.section, len(article.body) >= 3)
        assert all(parts), record.location


def test_sample_papers_are_invented() -> None:
    hosts = {article.url.split("/")[2] for article in sample_articles()}
    assert all(host.endswith(".example") for host in hosts)


def test_ids_of_sample_articles_are_unique() -> None:
    times = Counter(article.id for article in sample_articles())
    assert max(times.values()) == 1


def test_captions_of_samples_are_apart_from_the_body() -> None:
    def paragraphs(article: Article) -> set[str]:
        return {article.lead, *article.body}

    assert all(paragraphs(a).isdisjoint(a.captions) for a in sample_articles())
    assert sum(len(article.captions) for article in sample_articles()) > 20


def test_bylines_of_samples_are_not_left_in_the_body() -> None:
    endings = [article.body[-1] for article in sample_articles() if article.body]
    assert [end for end in endings if len(end.split()) < 5 and "Theo" not in end] == []
