"""A scheduler that is started again, and hosts of their own: a scheduler and two workers in three network namespaces."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from distributed import Client

import alliance

TRIALS = 200_000
SCHEDULER, WORKER = ("distributed.cli.dask_scheduler", "--no-dashboard"), ("distributed.cli.dask_worker", "--nworkers", "1", "--nthreads", "1", "--no-dashboard")


@pytest.fixture(autouse=True)
def short_ranges(monkeypatch):
    """Many ranges of what is soon done."""
    monkeypatch.setattr("alliance.cluster.LEAST", 0.02)


@pytest.fixture(scope="module")
def bare(root):
    return alliance.Scenario.load(root / "tests" / "bare.toml")


@pytest.fixture(scope="module")
def alone(bare):
    return alliance.run(bare, trials=TRIALS).to_json()


@contextmanager
def process(module, *words, inside=(), folder):
    """A process of Dask, which goes with its children whatever happens."""
    command = [*inside, sys.executable, "-m", module, *words]
    with open(Path(folder) / f"{module}.log", "ab") as log:
        own = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, cwd=folder)
    try:
        yield own
    finally:
        try:
            os.killpg(own.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        own.wait()


def connected(address):
    """A client, once there is a scheduler."""
    for patience in range(60):
        try:
            return Client(address, timeout=2)
        except OSError:
            time.sleep(0.2 + 0.01 * patience)
    raise AssertionError(f"no scheduler came up at {address}")


def free_port():
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return own.getsockname()[1]


def test_a_scheduler_that_is_lost_is_told_in_words_and_the_same_call_goes_on(bare, alone, tmp_path):
    port = free_port()
    address, kept = f"tcp://127.0.0.1:{port}", tmp_path / "kept"
    at = ("--host", "127.0.0.1", "--port", str(port))
    told = []
    with ExitStack() as first:
        scheduler = first.enter_context(process(*SCHEDULER, *at, folder=tmp_path))
        for _ in range(2):
            first.enter_context(process(*WORKER, address, folder=tmp_path))
        client = first.enter_context(connected(address))
        client.wait_for_workers(2, timeout=60)

        def lose(*far):
            if not told:
                os.killpg(scheduler.pid, signal.SIGKILL)
            told.append(far)

        with pytest.raises(alliance.AllianceError, match="the cluster was lost before all was counted"):
            alliance.run(bare, trials=TRIALS, client=client, kept=kept, progress=lose)
    there = len(list(kept.glob("*.part")))
    assert there >= 1
    with ExitStack() as again:
        again.enter_context(process(*SCHEDULER, *at, folder=tmp_path))
        again.enter_context(process(*WORKER, address, folder=tmp_path))
        client = again.enter_context(connected(address))
        client.wait_for_workers(1, timeout=60)
        assert alliance.run(bare, trials=TRIALS, client=client, kept=kept).to_json() == alone
    assert len(list(kept.glob("*.part"))) > there


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)


@contextmanager
def hosts(count):
    """Network namespaces that see each other over a bridge, and this machine as the first address of their network."""
    mark = f"a{os.getpid() % 100_000}"
    network = f"10.213.{os.getpid() % 250}"
    with ExitStack() as stack:

        def removed(*words):
            stack.callback(subprocess.run, ["ip", *words], capture_output=True, timeout=20)

        try:
            ip("link", "add", f"{mark}br", "type", "bridge")
            removed("link", "del", f"{mark}br")
            ip("addr", "add", f"{network}.1/24", "dev", f"{mark}br")
            ip("link", "set", f"{mark}br", "up")
            names = [f"{mark}h{k}" for k in range(count)]
            for k, name in enumerate(names):
                ip("netns", "add", name)
                removed("netns", "del", name)
                ip("link", "add", f"{mark}v{k}", "type", "veth", "peer", "name", "eth0", "netns", name)
                ip("link", "set", f"{mark}v{k}", "master", f"{mark}br", "up")
                ip("-n", name, "addr", "add", f"{network}.{k + 2}/24", "dev", "eth0")
                ip("-n", name, "link", "set", "eth0", "up")
                ip("-n", name, "link", "set", "lo", "up")
        except (OSError, subprocess.SubprocessError) as why:
            pytest.skip(f"THREE HOSTS WERE NOT TRIED: network namespaces cannot be made here ({why})")
        yield [(name, f"{network}.{k + 2}") for k, name in enumerate(names)]


def test_three_hosts_give_the_bytes_of_one(bare, alone, tmp_path):
    with hosts(3) as [(head, address), *others], ExitStack() as stack:
        inside = ("ip", "netns", "exec")
        stack.enter_context(process(*SCHEDULER, "--host", address, "--port", "8786", inside=(*inside, head), folder=tmp_path))
        for name, own in others:
            stack.enter_context(process(*WORKER, "--host", own, f"tcp://{address}:8786", inside=(*inside, name), folder=tmp_path))
        client = stack.enter_context(connected(f"tcp://{address}:8786"))
        client.wait_for_workers(2, timeout=60)
        workers = {worker["host"] for worker in client.scheduler_info()["workers"].values()}
        assert workers == {own for _, own in others}
        assert alliance.run(bare, trials=TRIALS, client=client).to_json() == alone
        asked = {"sweep": ["economy.pay_share=0.6..0.9:5"], "trials": 20_000}
        assert alliance.what_if(bare, **asked, client=client).to_json() == alliance.what_if(bare, **asked).to_json()
    left = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True).stdout
    assert head not in left
