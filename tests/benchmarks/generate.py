"""A made-up national collaboration of any size, as content that the service takes.

    python tests/benchmarks/generate.py --triples 100000 --seed 1 --output DIR
    samverkan serve --content DIR

The same seed gives the same files, of which those of a smaller graph are the first.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, write the folder, tell how many triples it has."""
    # Called by its path, this is no part of a package.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from benchmarks.nation import generate

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--triples", type=int, default=10_000, help="about so many; at least 2000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True, help="a folder that is not there yet")
    given = parser.parse_args(arguments)
    if given.output.exists():
        parser.error(f"{given.output} is there already")
    written = generate(given.output, given.triples, given.seed)
    sys.stdout.write(f"{written} triples in {given.output}\n")


if __name__ == "__main__":
    main()
