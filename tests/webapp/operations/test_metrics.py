from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from tests.webapp.operations.conftest import Making


def _values(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_there_are_none_unless_wanted(make: Making) -> None:
    assert make().test_client().get("/metrics").status_code == 404


def test_requests_are_counted_by_endpoint_and_status(make: Making) -> None:
    client = make(METRICS=1).test_client()
    for path in ("/?q=duong", "/?q=%3F", "/?q=duong", "/nowhere"):
        client.get(path).close()
    values = _values(client.get("/metrics").text)
    assert (
        values["timbao_requests_total", (("endpoint", "search.results"), ("status", "200"))] == 2
    )
    assert (
        values["timbao_requests_total", (("endpoint", "search.results"), ("status", "400"))] == 1
    )
    assert values["timbao_requests_total", (("endpoint", "none"), ("status", "404"))] == 1
    assert values["timbao_request_seconds_count", (("endpoint", "search.results"),)] == 3
    assert values["timbao_request_seconds_sum", (("endpoint", "search.results"),)] > 0


def test_the_state_of_the_index_is_told(make: Making) -> None:
    client = make(METRICS=1).test_client()
    ready = client.get("/readyz").get_json()
    values = _values(client.get("/metrics").text)
    assert values["timbao_index_articles", ()] == ready["articles"]
    assert values["timbao_index_generation", (("name", ready["generation"]),)] == 1
    assert values["timbao_index_stale", ()] == 0


def test_two_applications_in_one_process_count_for_themselves(make: Making) -> None:
    first, second = make(METRICS=1).test_client(), make(METRICS=1).test_client()
    first.get("/").close()
    assert "search.results" in first.get("/metrics").text
    assert "search.results" not in second.get("/metrics").text
