"""`timbao serve` with several processes: start, stop, and new generations under load."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from indexer import open_index
from tests.webapp.process import ENVIRONMENT, address_of, free_port, serving, timbao

if not hasattr(os, "fork"):
    pytest.skip("one process serves where there is no fork", allow_module_level=True)


class Reader:
    """Asks again and again over connections that stay open, as browsers do."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self.generations: list[str] = []
        self.statuses: set[int] = set()
        self.stopped = False

    def read(self) -> None:
        connection = HTTPConnection(self._host, timeout=30)
        while not self.stopped:
            connection.request("GET", "/api/v1/search?q=duong")
            response = connection.getresponse()
            answer = json.loads(response.read())
            self.statuses.add(response.status)
            self.generations.append(answer["generation"])
        connection.close()


def _workers(process: subprocess.Popen[str]) -> set[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return set(map(int, children.read_text().split()))


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as response:
        return str(response.read().decode())


def _newest(index: Path) -> str:
    with open_index(index) as opened:
        return opened.generation


def _until_all_serve(address: str, generation: str) -> None:
    """Wait until each process, asked often enough to meet all, has found the generation."""
    end = time.monotonic() + 30
    found: set[str] = set()
    while found != {generation}:
        assert time.monotonic() < end
        found = {json.loads(_get(f"{address}readyz"))["generation"] for _ in range(30)}


def test_no_request_fails_while_the_index_is_built_and_updated(copied_index: Path) -> None:
    corpus = copied_index.parent / "corpus.jsonl"
    corpus.write_text('{"id": "1", "title": "Con đường mới"}\n', "utf-8")
    more = copied_index.parent / "more.jsonl"
    more.write_text('{"id": "2", "title": "Con đường khác"}\n', "utf-8")
    process = serving(copied_index, "--workers", "3")
    address = address_of(process)
    readers = [Reader(address) for _ in range(6)]
    with ThreadPoolExecutor(len(readers)) as pool:
        reading = [pool.submit(reader.read) for reader in readers]
        changes = [(corpus,), (more, "--update"), (corpus, "--update")]
        built = [timbao("index", *change, "--index", copied_index) for change in changes]
        _until_all_serve(address, _newest(copied_index))
        for reader in readers:
            reader.stopped = True
        for one in reading:
            one.result()
    assert [done.returncode for done in built] == [0] * len(built), built[-1].stderr
    process.terminate()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert {status for reader in readers for status in reader.statuses} == {200}
    for reader in readers:
        # One reader's connection leads to one process, which never goes back.
        assert reader.generations == sorted(reader.generations)
        assert len(set(reader.generations)) > 1


def test_old_generations_are_cleared_away_once_nobody_keeps_them(copied_index: Path) -> None:
    corpus = copied_index.parent / "corpus.jsonl"
    corpus.write_text('{"id": "1", "title": "Con đường mới"}\n', "utf-8")
    process = serving(copied_index, "--workers", "2", "--set", "KEPT_GENERATIONS=1")
    address = address_of(process)
    for _ in range(4):
        assert timbao("index", corpus, "--index", copied_index).returncode == 0
        _until_all_serve(address, _newest(copied_index))
    left = len(list((copied_index / "generations").iterdir()))
    process.terminate()
    process.communicate(timeout=60)
    # The newest, the one that each process keeps, and those that two processes may differ by.
    assert left <= 3


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_running_requests_are_completed_when_the_server_is_told_to_stop(
    sample_index: Path, stop: signal.Signals
) -> None:
    process = serving(sample_index, "--workers", "2")
    connection = HTTPConnection(urlsplit(address_of(process)).netloc, timeout=30)
    connection.request("GET", "/api/v1/export?format=jsonl")
    response = connection.getresponse()
    begun = response.read(100)
    # A terminal sends Ctrl-C to all processes.
    for pid in [process.pid, *(_workers(process) if stop is signal.SIGINT else ())]:
        os.kill(pid, stop)
    lines = (begun + response.read()).decode().splitlines()
    connection.close()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert len([json.loads(line) for line in lines]) == int(response.headers["X-Exported-Count"])
    assert errors == ""


def test_a_process_that_dies_is_replaced(sample_index: Path) -> None:
    process = serving(sample_index, "--workers", "2")
    address = address_of(process)
    before = _workers(process)
    assert len(before) == 2
    os.kill(min(before), signal.SIGKILL)
    end = time.monotonic() + 30
    while len(now := _workers(process)) < 2 or now == before:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert "tìm báo" in _get(address)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_a_process_that_finds_no_index_waits_for_one_while_others_answer(
    copied_index: Path,
) -> None:
    process = serving(copied_index, "--workers", "2")
    address = address_of(process)
    away = copied_index.rename(copied_index.with_name("away"))
    os.kill(min(_workers(process)), signal.SIGKILL)
    assert process.stderr
    assert any("a process waits for an index" in line for line in process.stderr)
    assert "tìm báo" in _get(f"{address}?q=duong")
    away.rename(copied_index)
    # The one that answered until now goes away: the other one has found the index.
    os.kill(min(_workers(process)), signal.SIGKILL)
    assert "tìm báo" in _get(f"{address}?q=duong")
    away = copied_index.rename(away)
    os.kill(min(_workers(process)), signal.SIGKILL)
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_counts_of_all_processes_are_added_up(sample_index: Path, tmp_path: Path) -> None:
    process = serving(sample_index, "--workers", "2", "--set", "METRICS=1", TMPDIR=str(tmp_path))
    address = address_of(process)
    for _ in range(20):
        _get(f"{address}api/v1/info")
    wanted = 'timbao_requests_total{endpoint="api.info",status="200"} 20.0'
    assert all(wanted in _get(f"{address}metrics") for _ in range(6))
    process.terminate()
    process.communicate(timeout=60)
    assert list(tmp_path.iterdir()) == []


def test_those_who_run_gunicorn_themselves_mount_the_application(sample_index: Path) -> None:
    port = free_port()
    application = f'webapp:create_app({{"INDEX": "{sample_index}"}})'
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr
    assert any("Booting worker" in line for line in process.stderr)
    assert json.loads(_get(f"http://127.0.0.1:{port}/readyz"))["ready"] is True
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.fixture(scope="module")
def host(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (f"GET /?q={'x' * 70_000} HTTP/1.1", 414),
        ("GET / xxx", 400),
        ("G<b>xxx / HTTP/1.1", 400),
        ("GET / HTTP/1.1\r\nxxx", 400),
        ("GET / HTTP/1.1\r\nContent-Length: xxx", 400),
    ],
)
def test_what_is_no_request_is_refused_as_strictly(
    host: tuple[str, int], request_line: str, status: int
) -> None:
    with socket.create_connection(host, timeout=30) as connection:
        connection.sendall(f"{request_line}\r\n\r\n".encode())
        answer = connection.makefile("rb").read().decode()
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "Content-Security-Policy: default-src 'none'" in answer
    assert "xxx" not in answer


@pytest.mark.parametrize("length", [9_000, 50_000])
def test_a_query_that_is_too_long_is_told_in_place(host: tuple[str, int], length: int) -> None:
    connection = HTTPConnection(*host, timeout=30)
    connection.request("GET", f"/?q={'x' * length}", headers={"Referer": "x" * length})
    response = connection.getresponse()
    assert response.status == 400
    assert "Câu tìm dài" in response.read().decode()
    connection.close()
