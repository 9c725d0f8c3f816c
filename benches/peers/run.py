"""Engine, NumPy and numba side by side: first that they are the same model, then how fast each is.

From the root of the repository, after `cargo build --release`: `python3 benches/peers/run.py`
"""

import argparse
import sys

# Nothing is left behind in the repository.
sys.dont_write_bytecode = True

import environment


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=400_000, help="trials of each for the check [400000]")
    parser.add_argument("--seed", type=int, default=2015, help="seed of the draws of the check [2015]")
    parser.add_argument("--rounds", type=int, default=5, help="measure everything so many times [5]")
    parser.add_argument("--check-only", action="store_true", help="measure nothing")
    parser.add_argument("--write-docs", action="store_true", help="put the table of times into docs/performance.md")
    return parser.parse_args()


if __name__ == "__main__":
    asked = options()
    environment.ensure()
    # Only now: until here there may have been no NumPy.
    import side_by_side

    side_by_side.main(asked)
