"""Runs spread over the processes of a cluster give the bytes of one; what goes wrong on the way changes no byte, or is refused in words."""

import os
import signal
from contextlib import contextmanager

import pytest
from distributed import Client, LocalCluster

import alliance

TRIALS = 300_000


@pytest.fixture(scope="module")
def alone(bare):
    return alliance.run(bare, trials=TRIALS).to_json()


@contextmanager
def processes(count):
    options = {"n_workers": count, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        yield client


@pytest.fixture
def client():
    """Four processes, which a test may change as it likes: they go with it."""
    with processes(4) as client:
        yield client


@pytest.fixture(scope="module")
def bare(root):
    return alliance.Scenario.load(root / "tests" / "bare.toml")


def on_workers(client, change, only=None):
    """Has workers do something, all or the first alone."""
    addresses = list(client.scheduler_info()["workers"])
    client.run(change, workers=addresses[:1] if only else addresses)


def test_four_processes_give_the_bytes_of_one(client, bare, alone):
    assert alliance.run(bare, trials=TRIALS, client=client).to_json() == alone
    other = bare.set({"economy.pay_share": 0.7})
    both = alliance.compare(bare, other, trials=TRIALS)
    assert alliance.compare(bare, other, trials=TRIALS, client=client).to_json() == both.to_json()
    changed = alliance.what_if(bare, set={"economy.pay_share": 0.7}, trials=TRIALS, sampler="sobol")
    assert alliance.what_if(bare, set={"economy.pay_share": 0.7}, trials=TRIALS, sampler="sobol", client=client).to_json() == changed.to_json()


def test_a_worker_that_is_killed_midway_changes_no_byte(client, bare, alone):
    told = []

    def kill(_stage, done, of):
        if not told:
            os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        told.append((done, of))

    assert alliance.run(bare, trials=TRIALS, client=client, progress=kill).to_json() == alone
    assert told[-1] == (2_344, 2_344) and len(told) > 8


def test_a_slow_worker_and_bits_that_flip_on_the_way_change_no_byte(client, bare, alone):
    def slow():
        import time

        import alliance.cluster as cluster

        whole = cluster._count

        def count(*asked):
            time.sleep(0.5)
            return whole(*asked)

        cluster._count = count

    def flip():
        import alliance.cluster as cluster

        whole, counted = cluster._count, []

        def count(*asked):
            part, seconds = whole(*asked)
            counted.append(asked)
            if len(counted) == 2:
                part = part[:200] + bytes([part[200] ^ 1]) + part[201:]
            return part, seconds

        cluster._count = count

    on_workers(client, slow, only=True)
    on_workers(client, flip)
    assert alliance.run(bare, trials=TRIALS, client=client).to_json() == alone


def test_bits_that_always_flip_and_another_engine_are_refused_in_words(client, bare):
    def flip():
        import alliance.cluster as cluster

        whole = cluster._count

        def count(*asked):
            part, seconds = whole(*asked)
            return part[:-1] + bytes([part[-1] ^ 1]), seconds

        cluster._count = count

    def older():
        import alliance.cluster as cluster

        cluster.engine = lambda: "0.0.1, figures 0, commit none"

    on_workers(client, flip)
    with pytest.raises(alliance.AllianceError, match="came in damaged 4 times"):
        alliance.run(bare, trials=TRIALS, client=client)
    on_workers(client, older)
    with pytest.raises(alliance.AllianceError, match="this worker has engine 0.0.1, figures 0"):
        alliance.run(bare, trials=TRIALS, client=client)


def test_a_run_goes_on_from_what_it_kept_when_the_cluster_was_lost(bare, alone, tmp_path):
    kept = tmp_path / "kept"
    with processes(2) as client:

        def lose(_stage, done, of):
            if done > 0.7 * of:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            alliance.run(bare, trials=TRIALS, client=client, kept=str(kept), progress=lose)
    there = sorted(kept.glob("*.part"))
    assert len(there) > 2
    # One is damaged meanwhile, and a stranger lies beside them.
    small = min(there, key=lambda path: path.stat().st_size)
    small.write_bytes(small.read_bytes()[:-7])
    (kept / "stranger.part").write_bytes(b"nothing of ours")
    told = []
    with processes(2) as client:
        found = alliance.run(bare, trials=TRIALS, client=client, kept=str(kept), progress=lambda _stage, done, _of: told.append(done))
    assert found.to_json() == alone
    # What was kept is not counted again: the first that is told is beyond it.
    assert told[0] > 1_000
    assert (kept / "stranger.part").read_bytes() == b"nothing of ours"


def test_what_is_not_counted_in_ranges_is_refused(client, bare):
    with pytest.raises(alliance.RequestError) as refused:
        alliance.run(bare, until=0.01, client=client)
    assert refused.value.field == "until"
    with pytest.raises(alliance.RequestError, match="sweep"):
        alliance.what_if(bare, sweep=["economy.pay_share=0.7..0.8:3"], client=client)
    with pytest.raises(alliance.RequestError) as refused:
        alliance.run(bare, kept="somewhere")
    assert refused.value.field == "kept"


def test_one_client_answers_the_same_question_again_and_again(bare):
    few = 20_000
    wanted = alliance.run(bare, trials=few).to_json()
    with processes(2) as client:
        for k in range(30):
            if k % 5 == 4:
                with pytest.raises(ZeroDivisionError):
                    alliance.run(bare, trials=few, client=client, progress=lambda *_: 1 // 0)
            assert alliance.run(bare, trials=few, client=client).to_json() == wanted, k


def test_what_is_no_client_and_no_folder_is_a_request_error(bare, tmp_path):
    (tmp_path / "file").write_text("nothing of ours")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "sub.part").mkdir()
    (tmp_path / "kept" / "gone.part").symlink_to(tmp_path / "nowhere")
    with processes(1) as client:
        for kept in (tmp_path / "file", "bogus://x", tmp_path / "file" / "below", " "):
            with pytest.raises(alliance.RequestError) as refused:
                alliance.run(bare, trials=1_000, client=client, kept=kept)
            assert refused.value.field == "kept"
        found = alliance.run(bare, trials=1_000, client=client, kept=tmp_path / "kept")
        assert found.to_json() == alliance.run(bare, trials=1_000).to_json()
    for nothing in (client, "tcp://x", 5):
        with pytest.raises(alliance.RequestError) as refused:
            alliance.run(bare, trials=1_000, client=nothing)
        assert refused.value.field == "client"
