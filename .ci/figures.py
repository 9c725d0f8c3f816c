"""Compares two folders that `.ci/figures keep` filled: every value of every summary.json, every byte of tables and trials."""

import hashlib
import json
import pathlib
import sys

# What names the build and not a figure.
OF_THE_BUILD = {"version", "commit", "wall_seconds"}
SHOWN = 40


def leaves(value, path=""):
    """Every value of a tree with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in OF_THE_BUILD:
                yield from leaves(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{path}/{place}")
    else:
        yield path, value


def figures(folder):
    """What a folder holds, by file and path."""
    found = {}
    for file in sorted(pathlib.Path(folder).rglob("*")):
        name = str(file.relative_to(folder))
        if file.name == "summary.json":
            for path, value in leaves(json.loads(file.read_text())):
                found[f"{name}:{path}"] = value
        elif file.suffix in {".csv", ".parquet"}:
            found[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def main():
    old, new = (figures(folder) for folder in sys.argv[1:3])
    lines = [f"gone: {path}" for path in old if path not in new]
    lines += [f"new: {path}" for path in new if path not in old]
    lines += [f"{path}: {old[path]} is {new[path]} now" for path in old if path in new and old[path] != new[path]]
    for line in lines[:SHOWN]:
        print(line)
    print(f"{len(old)} kept, {len(new)} now, {len(lines)} that differ")
    sys.exit(bool(lines) or not old)


main()
