"""Work spread over the workers of Dask: pieces are worked out wherever there is time, and give the bytes of one machine.

It needs the package `distributed` (`pip install 'alliance[dask]'`). It is called by `run`, `compare`, `what_if`, `shares` and `evaluate` where
these are given a `client`; what is special to a kind of cluster (SSH, Slurm, Kubernetes) is Dask's.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from time import perf_counter
from typing import Any, NamedTuple
from uuid import uuid4

from distributed import CancelledError, Client, KilledWorker, as_completed  # type: ignore[attr-defined]
from distributed.comm import CommClosedError

from alliance._lib import AllianceError, RequestError, Study, engine
from alliance.bar import Bar

__all__ = ["Kept", "spread"]

#: Seconds that a range is to take at most, and those aimed at at least where there is so much to do: a worker makes ready what it runs.
RANGE = 5.0
LEAST = 1.0
#: Weight at most of the first ranges, by which the pace is known: 1,024 blocks of one scenario, 131,072 futures.
PILOT = 1024
#: Ranges at most: more would burden the scheduler alone.
MOST_RANGES = 20_000
#: Bytes at most that are given to a range besides what all know.
MOST_GIVEN = 4_000_000
#: How often a range is worked out again that came in damaged.
AGAIN = 3


class Span(NamedTuple):
    """Pieces of a row of futures, the last left out."""

    row: str
    first: int
    last: int


#: A row of futures, with its number of pieces and with what each of them weighs: blocks of one scenario that it simulates.
Row = tuple[str, int, int]


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

    def parts(self, study: Study) -> Iterator[tuple[Span, bytes]]:
        """What is kept of some work, whole; what is damaged, or of something else, is passed over."""
        for path in sorted(self.files.ls(self.folder, detail=False)):
            if PurePosixPath(path).suffix != ".part":
                continue
            # What cannot be read, or is no part of this work, is not ours.
            try:
                part = self.files.cat_file(path)
                span = Span(*study.check(part))
            except (AllianceError, OSError):
                continue
            if PurePosixPath(path).stem == study.name(*span):
                yield span, part

    def keep(self, study: Study, span: Span, part: bytes) -> None:
        """Keeps a part under its name. It is written beside it first, so that half of one is never found."""
        name = f"{self.folder}/{study.name(*span)}"
        beside = f"{name}.{uuid4().hex}"
        self.files.pipe_file(beside, part)
        self.files.mv(beside, f"{name}.part")


_read = lru_cache(maxsize=4)(Study)


def _count(request: str, wanted: str, row: str, first: int, last: int, given: bytes) -> tuple[bytes, float]:
    """On a worker: the part of a range, and the seconds that it took."""
    if engine() != wanted:
        raise AllianceError(f"this worker has engine {engine()}, where {wanted} is wanted: install the same package on every worker")
    started = perf_counter()
    return _read(request).count(row, first, last, given), perf_counter() - started


def spread(
    study: Study, client: Client, kept: str | None = None, progress: Callable[[str, int, int], object] | bool | None = None
) -> list[bytes]:
    """The parts of some work, worked out by the workers of a cluster. Together they hold every piece once."""
    _check(client)
    if not (progress is None or isinstance(progress, bool) or callable(progress)):
        raise _refused("progress", "True, or a function of a stage, steps done and steps in all, is wanted")
    store = None if kept is None else Kept(kept)
    parts = {} if store is None else dict(store.parts(study))
    parts = {span: parts[span] for span in _apart(parts)}
    work = _Work(study, client, store, parts, Bar() if progress is True else progress or None)
    try:
        work.begin()
        done: list[Row] = []
        while True:
            rows = study.rows(list(parts.values()) if study.staged else [])
            work.count(rows[len(done) :])
            if not study.staged or rows == done:
                break
            done = rows
    except KilledWorker as why:
        raise AllianceError(f"{_killed(why)}: {_again(store)}") from why
    # What later versions of distributed raise where a scheduler is gone is a CancelledError too.
    except (CancelledError, CommClosedError) as why:
        raise AllianceError(f"the cluster was lost before all was counted{_lost(client)} ({why}): {_again(store)}") from why
    finally:
        work.end()
    return [parts[span] for span in sorted(parts)]


def _again(store: Kept | None) -> str:
    return "the same call goes on from what is kept" if store is not None else "with kept= the same call would go on from what was done"


def _lost(client: Client) -> str:
    """What is likely where the scheduler still answers: it cancels what cannot be worked out any more."""
    return ": every worker that held the question died, most likely of too little memory" if client.status == "running" else ""


def _killed(why: KilledWorker) -> str:
    """That one range takes its workers with it: the cluster is there, and it is mostly memory that is not."""
    return f"{why.allowed_failures + 1} workers died one after another at the same range, most likely of too little memory: give them more, or fewer threads each"


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans of which no two overlap, in order: of those that do the one that begins first, and of these the longest."""
    apart: list[Span] = []
    for span in sorted(spans, key=lambda own: (own.row, own.first, -own.last)):
        if not apart or apart[-1].row != span.row or apart[-1].last <= span.first:
            apart.append(span)
    return apart


class _Work:
    """Ranges under way."""

    def __init__(self, study: Study, client: Client, store: Kept | None, parts: dict[Span, bytes], progress: Any) -> None:
        self.study, self.client, self.store, self.parts, self.progress = study, client, store, parts, progress
        self.engine = engine()
        # What is under way is of this call alone: the same question asked again shares no task with it, which may be just going.
        self.call = uuid4().hex
        self.request: Any = None
        self.under_way: dict[Any, Span] = {}
        self.tried: dict[Span, int] = {}
        self.stage = 0

    def begin(self) -> None:
        """Hands the question to the workers: large scenarios travel once."""
        try:
            self.request = self.client.scatter(self.study.request, broadcast=True, hash=False)
        except TimeoutError as why:
            raise AllianceError(f"no worker took the question ({why}): is there one that works?") from why

    def count(self, rows: list[Row]) -> None:
        """Has all pieces of some rows worked out: first some ranges by which the pace is known, then all others."""
        gaps = list(_gaps(self.parts, rows))
        if not gaps:
            return
        self.stage += 1
        total, left = sum(pieces for _, pieces, _ in rows), sum(last - first for _, first, last in gaps)
        done = total - left
        most = max(1, MOST_GIVEN // self.study.width) if self.study.width else left
        ranges = _Ranges(gaps, {row: weight for row, _, weight in rows}, _threads(self.client), most)
        coming = as_completed([self._start(span) for span in ranges.pilot()])
        for future in coming:
            span = self.under_way.pop(future)
            part, seconds = future.result()
            wrong = self._wrong(span, part)
            if wrong is not None:
                # Damaged on its way: worked out again, by another task so that it is not remembered.
                self.tried[span] = self.tried.get(span, 0) + 1
                if self.tried[span] > AGAIN:
                    raise AllianceError(f"{self.study.told(*span)} came in damaged {AGAIN + 1} times: {wrong}")
                coming.add(self._start(span))
                continue
            self.parts[span] = part
            if self.store is not None:
                self.store.keep(self.study, span, part)
            # While other first ranges are still under way.
            for other in ranges.others(seconds / ranges.weight(span)):
                coming.add(self._start(other))
            done += span.last - span.first
            if self.progress is not None:
                stage = "Counting on the cluster" + (f", stage {self.stage}" if self.study.staged else "")
                self.progress(stage, done, total)

    def _wrong(self, span: Span, part: bytes) -> str | None:
        """What is wrong with a part that came in."""
        try:
            came = Span(*self.study.check(part))
        except AllianceError as wrong:
            return str(wrong)
        return None if came == span else f"{self.study.told(*came)} came"

    def _start(self, span: Span) -> Any:
        key = f"alliance-{self.study.name(*span)}-{self.call}-{self.tried.get(span, 0)}"
        given = self.study.given(span.first, span.last)
        future = self.client.submit(_count, self.request, self.engine, *span, given, key=key, retries=AGAIN)
        self.under_way[future] = span
        return future

    def end(self) -> None:
        """What is still under way, and what the workers were handed, is not wanted any more."""
        if self.under_way and self.client.status == "running":
            self.client.cancel(list(self.under_way))
        self.under_way.clear()
        if self.request is not None:
            self.request.release()
            self.request = None


class _Ranges:
    """Gaps cut into ranges by what their pieces weigh: first some for every thread, and once the pace is known all others."""

    def __init__(self, gaps: list[Span], weights: dict[str, int], threads: int, most: int) -> None:
        # The next gap is the last: to take it off is quick.
        self.gaps, self.weights, self.threads, self.most = gaps[::-1], weights, threads, most
        self.left = sum(map(self.weight, gaps))
        self.least = -(-self.left // MOST_RANGES)

    def weight(self, span: Span) -> int:
        return self.weights[span.row] * (span.last - span.first)

    def pilot(self) -> Iterator[Span]:
        """A range a thread, which together are a quarter of all at most, but for a piece each."""
        aim = max(self.least, min(PILOT, self.left // (4 * self.threads)))
        for _ in range(self.threads):
            if self.gaps:
                yield self._next(aim, aim)

    def others(self, pace: float) -> Iterator[Span]:
        """All others, by the seconds that a weight of 1 takes: the fewer are left the shorter, so that none waits long for the last."""
        longest, shortest = (int(seconds / pace) if pace > 0 else self.left for seconds in (RANGE, LEAST))
        longest = max(self.least, longest)
        while self.gaps:
            share = -(-self.left // (2 * self.threads))
            yield self._next(max(self.least, min(longest, max(share, shortest))), longest)

    def _next(self, aim: int, longest: int) -> Span:
        """The next range, which weighs about as much as is aimed at and no more than the longest, if it is more than a single piece: from
        half of the aim to one and a half of it, less where a gap is less. Of a gap that is less than two ranges there are two alike, or one."""
        row, first, last = self.gaps.pop()
        pieces, most = (max(1, min(self.most, weight // self.weights[row])) for weight in (aim, longest))
        left = last - first
        if left <= min(most, pieces + pieces // 2):
            pieces = left
        elif left < 2 * pieces:
            pieces = -(-left // 2)
        end = first + pieces
        if end < last:
            self.gaps.append(Span(row, end, last))
        own = Span(row, first, end)
        self.left -= self.weight(own)
        return own


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


def _gaps(parts: dict[Span, bytes], rows: list[Row]) -> Iterator[Span]:
    """What parts leave out of rows, in order."""
    of_row: dict[str, list[Span]] = {}
    for span in sorted(parts):
        of_row.setdefault(span.row, []).append(span)
    for row, pieces, _ in rows:
        at = 0
        for _, first, last in of_row.get(row, []):
            if at < first:
                yield Span(row, at, first)
            at = max(at, last)
        if at < pieces:
            yield Span(row, at, pieces)
