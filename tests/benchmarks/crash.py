"""Kill writers of an index, and see what they leave: `python -m tests.benchmarks.crash`.

A forked process builds, updates, merges or deletes, and is killed inside a named step (in a
`write`, around an `fsync`, before a rename or a removal) or at a random moment. Afterwards the
index must hold exactly what was committed last: all articles, word for word, the answers to some
queries, and the tombstones. Every 50 times an update runs to its end, and must leave no file that
nobody needs and no fault.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.benchmarks.machine import machine
from tests.indexer.store.crashing import OPERATIONS, STEPS, run_trials


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run_trials(Path(folder), options.kills, options.seed)
    seconds = time.perf_counter() - started
    killed = [outcome for outcome in outcomes if outcome.killed]
    cells = Counter((outcome.operation, outcome.step) for outcome in killed)
    committed = Counter(
        (outcome.operation, outcome.step) for outcome in killed if outcome.committed
    )
    print(f"{'':8}" + "".join(f"{step:>16}" for step in STEPS))
    for operation in OPERATIONS:
        row = (f"{cells[operation, step]:>9} ({committed[operation, step]:>4})" for step in STEPS)
        print(f"{operation:8}" + "".join(row))
    print(
        f"{len(killed)} writers killed in {seconds:.0f} s; {sum(committed.values())} of them, in "
        "brackets, after the switch. Each left exactly what was committed last"
    )
    if options.json:
        table = {
            operation: {
                step: {
                    "killed": cells[operation, step],
                    "after_the_switch": committed[operation, step],
                }
                for step in STEPS
            }
            for operation in OPERATIONS
        }
        report = {**machine(), "seconds": round(seconds), "seed": options.seed, "kills": table}
        options.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
