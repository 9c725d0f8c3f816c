"""Runs spread over the workers of Dask: ranges of futures are counted wherever there is time, and give the bytes of one machine.

It needs the package `distributed` (`pip install 'alliance[dask]'`). It is called by `run`, `compare` and `what_if` where these are given a
`client`; what is special to a kind of cluster (SSH, Slurm, Kubernetes) is Dask's.
"""

import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from time import perf_counter
from typing import Any
from uuid import uuid4

from distributed import Client, as_completed  # type: ignore[attr-defined]

from alliance._lib import AllianceError, RequestError, Study, engine
from alliance.bar import Bar

__all__ = ["Kept", "spread"]

#: Seconds that a range is to take.
RANGE = 5.0
#: Blocks of the range by which the pace is known: 131,072 futures.
PILOT = 1024
#: Ranges at most: more would burden the scheduler alone.
MOST_RANGES = 20_000
#: How often a range is counted again that came in damaged.
AGAIN = 3


class Kept:
    """Parts that are kept in a folder, or at any address that fsspec knows: the same call goes on from them."""

    def __init__(self, address: str) -> None:
        import fsspec  # type: ignore[import-untyped]

        if not address.strip():
            raise _refused("kept", "a folder, or an address that fsspec knows, is wanted")
        try:
            self.files, self.folder = fsspec.core.url_to_fs(address)
            self.files.makedirs(self.folder, exist_ok=True)
        except (OSError, ValueError, ImportError) as why:
            raise _refused("kept", f"{address} is no folder that parts can be kept in: {why}") from why

    def parts(self, study: Study) -> Iterator[tuple[tuple[int, int], bytes]]:
        """What is kept of a question, whole; what is damaged, or of something else, is passed over."""
        for path in sorted(self.files.ls(self.folder, detail=False)):
            if PurePosixPath(path).suffix != ".part":
                continue
            # What cannot be read, or is no part of this question, is not ours.
            try:
                part = self.files.cat_file(path)
                blocks = study.check(part)
            except (AllianceError, OSError):
                continue
            if PurePosixPath(path).stem == study.name(*blocks):
                yield blocks, part

    def keep(self, study: Study, blocks: tuple[int, int], part: bytes) -> None:
        """Keeps a part under its name. It is written beside it first, so that half of one is never found."""
        name = f"{self.folder}/{study.name(*blocks)}"
        beside = f"{name}.{uuid4().hex}"
        self.files.pipe_file(beside, part)
        self.files.mv(beside, f"{name}.part")


_read = lru_cache(maxsize=4)(Study)


def _count(request: str, wanted: str, first: int, last: int) -> tuple[bytes, float]:
    """On a worker: the counts of a range, and the seconds that they took."""
    if engine() != wanted:
        raise AllianceError(f"this worker has engine {engine()}, where {wanted} is wanted: install the same package on every worker")
    started = perf_counter()
    return _read(request).count(first, last), perf_counter() - started


def spread(
    study: Study, client: Client, kept: str | None = None, progress: Callable[[str, int, int], object] | bool | None = None
) -> list[bytes]:
    """The parts of a question, counted by the workers of a cluster. Together they hold every block once."""
    _check(client)
    store = None if kept is None else Kept(kept)
    parts: dict[tuple[int, int], bytes] = {}
    if store is not None:
        for blocks, part in store.parts(study):
            if not any(first < blocks[1] and blocks[0] < last for first, last in parts):
                parts[blocks] = part
    work = _Work(study, client, store, parts, Bar() if progress is True else progress or None)
    try:
        gaps = list(_gaps(parts, study.blocks))
        if gaps:
            first, last = gaps[0]
            pilot = (first, min(last, first + PILOT))
            pace = work.count([pilot])
            work.count(list(_ranges(_gaps(parts, study.blocks), pace, _threads(client))))
    finally:
        work.cancel()
    return [parts[blocks] for blocks in sorted(parts)]


class _Work:
    """Ranges under way."""

    def __init__(self, study: Study, client: Client, store: Kept | None, parts: dict[tuple[int, int], bytes], progress: Any) -> None:
        self.study, self.client, self.store, self.parts, self.progress = study, client, store, parts, progress
        self.engine = engine()
        # What is under way is of this call alone: the same question asked again shares no task with it, which may be just going.
        self.call = uuid4().hex
        # Large scenarios travel once.
        self.request = client.scatter(study.request, broadcast=True, hash=False)
        self.under_way: dict[Any, tuple[int, int]] = {}

    def count(self, ranges: list[tuple[int, int]]) -> float:
        """Has ranges counted; seconds that a block took at most."""
        coming = as_completed([self._start(blocks) for blocks in ranges])
        tried: dict[tuple[int, int], int] = {}
        pace = 0.0
        for future in coming:
            blocks = self.under_way.pop(future)
            part, seconds = future.result()
            try:
                came = self.study.check(part)
                whole = came == blocks
            except AllianceError as wrong:
                whole, why = False, wrong
            else:
                why = AllianceError(f"blocks {blocks[0]} to {blocks[1]} were asked for, {came[0]} to {came[1]} came")
            if not whole:
                # Damaged on its way: counted again, by another task so that it is not remembered.
                tried[blocks] = tried.get(blocks, 0) + 1
                if tried[blocks] > AGAIN:
                    raise AllianceError(f"blocks {blocks[0]} to {blocks[1]} came in damaged {AGAIN + 1} times: {why}")
                coming.add(self._start(blocks, tried[blocks]))
                continue
            self.parts[blocks] = part
            if self.store is not None:
                self.store.keep(self.study, blocks, part)
            pace = max(pace, seconds / (blocks[1] - blocks[0]))
            if self.progress is not None:
                done = sum(last - first for first, last in self.parts)
                self.progress("Counting on the cluster", done, self.study.blocks)
        return pace

    def _start(self, blocks: tuple[int, int], again: int = 0) -> Any:
        key = f"alliance-{self.study.name(*blocks)}-{self.call}-{again}"
        future = self.client.submit(_count, self.request, self.engine, *blocks, key=key, retries=AGAIN)
        self.under_way[future] = blocks
        return future

    def cancel(self) -> None:
        """What is still under way is not wanted any more."""
        if self.under_way:
            self.client.cancel(list(self.under_way))


def _refused(field: str, what: str) -> RequestError:
    error = RequestError(f"{field}: {what}")
    error.field = field
    return error


def _check(client: Client) -> None:
    """Whether a client can count."""
    if not isinstance(client, Client):
        raise _refused("client", f"a Client of distributed is wanted, such as Client(cluster), not {type(client).__name__}")
    if client.asynchronous:
        raise _refused("client", "a client that waits is wanted: make it without asynchronous=True")
    if client.status != "running":
        raise _refused("client", f"it is {client.status}: make a new one")
    if not client.nthreads():
        warnings.warn("the cluster has no worker yet: waiting for one", stacklevel=3)
        client.wait_for_workers(1)


def _threads(client: Client) -> int:
    return max(1, sum(client.nthreads().values()))


def _gaps(parts: dict[tuple[int, int], bytes], blocks: int) -> Iterator[tuple[int, int]]:
    """What parts leave out, in order."""
    at = 0
    for first, last in sorted(parts):
        if at < first:
            yield at, first
        at = max(at, last)
    if at < blocks:
        yield at, blocks


def _ranges(gaps: Iterator[tuple[int, int]], pace: float, threads: int) -> Iterator[tuple[int, int]]:
    """Ranges of some seconds each, and of what is left no fewer than four a thread, so that none waits long for the last."""
    spans = list(gaps)
    left = sum(last - first for first, last in spans)
    by_pace = int(RANGE / pace) if pace > 0 else left
    each = max(1, min(by_pace, -(-left // (4 * threads))), -(-left // MOST_RANGES))
    for first, last in spans:
        for start in range(first, last, each):
            yield start, min(last, start + each)
