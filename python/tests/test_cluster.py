"""Runs spread over the processes of a cluster give the bytes of one; what goes wrong on the way changes no byte, or is refused in words."""

import os
import signal
from contextlib import contextmanager

import dask
import pytest
from distributed import CancelledError, Client, LocalCluster
from distributed.comm import CommClosedError

import alliance

TRIALS = 300_000


@pytest.fixture(autouse=True)
def short_ranges(monkeypatch):
    """Many ranges of what is soon done."""
    monkeypatch.setattr("alliance.cluster.LEAST", 0.02)


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
    asked = {"set": {"economy.pay_share": 0.7}, "trials": TRIALS, "sampler": "sobol"}
    assert alliance.what_if(bare, **asked, client=client).to_json() == alliance.what_if(bare, **asked).to_json()


def test_sweeps_of_one_key_and_of_two_give_the_bytes_of_one(client, bare, root):
    one, two = "economy.pay_share=0.6..0.9:13", "alliance.K.slip=1..2:3;economy.pay_share=0.7..0.8:2"
    for asked in (
        # Thirteen points are more than are run at once; between two of them the sign of the mean may change.
        {"sweep": [one], "measure": ["npv"]},
        {"sweep": [one, two], "set": {"economy.pay_share": 0.7}, "sampler": "antithetic"},
    ):
        alone = alliance.what_if(bare, **asked, trials=20_000)
        assert alliance.what_if(bare, **asked, trials=20_000, client=client).to_json() == alone.to_json()
    commission = root / "scenarios" / "what-ifs" / "late-platform.toml"
    alone = alliance.what_if(commission, trials=1_000)
    assert alliance.what_if(commission, trials=1_000, client=client).to_json() == alone.to_json()


def nine(root):
    """Nine forces: more than those of which every coalition is run, so that orders of joining are drawn."""
    text = (root / "tests" / "bare.toml").read_text(encoding="utf-8")
    head, rest = text.split("[[force]]", 1)
    names = [f"F{k}" for k in range(9)]
    force = '[[force]]\nname = "{}"\nbudget = {}\ngrant_share = 0.6\nband_d = 200\nreserves = 10\npopulation = {}\nofficers = {}\n'
    forces = "".join(force.format(name, 100 - 5 * k, 500_000 - 20_000 * k, 900 - 50 * k) for k, name in enumerate(names))
    alliance_text = rest.split("[[alliance]]", 1)[1].replace('["A", "B"]', str(names).replace("'", '"'))
    return alliance.Scenario.load(f"{head}{forces}[[alliance]]{alliance_text}")


def test_shares_of_two_forces_of_three_and_of_nine_give_the_bytes_of_one(client, root):
    shipped = [(alliance.Scenario.load(root / "scenarios" / f"{name}-force.toml"), trials) for name, trials in (("two", 30_000), ("three", 3_000))]
    for deal, trials in [*shipped, (nine(root), 1_000)]:
        told = []
        found = alliance.shares(deal, trials=trials, client=client, progress=lambda *far, told=told: told.append(far))
        assert found.to_json() == alliance.shares(deal, trials=trials).to_json()
        # What follows from what others hold is a stage of its own.
        assert {stage for stage, _, _ in told} >= {"Counting on the cluster, stage 1", "Counting on the cluster, stage 2"}


def test_rows_of_a_frame_give_the_values_of_one(client, bare):
    saving, share = "alliance.K.area.y.saving", "economy.pay_share"
    rows = 20_000
    given = {
        saving: [None if k % 5 == 0 else 0.05 + 0.1 * k / rows for k in range(rows)],
        # Fixed in the scenario: it becomes one that varies between the least and the greatest that is given anywhere.
        share: [0.6 + 0.2 * k / rows if k % 3 == 0 else None for k in range(rows)],
    }
    alone = alliance.evaluate(bare, given, ["npv", "payback"])
    assert alliance.evaluate(bare, given, ["npv", "payback"], client=client).to_dict() == alone.to_dict()
    few = {name: values[:200] for name, values in given.items()}
    alone = alliance.evaluate(bare, few, trials=1_000)
    assert alliance.evaluate(bare, few, trials=1_000, client=client).to_dict() == alone.to_dict()
    with pytest.raises(alliance.RequestError, match="is -3 in row 2: it is to be") as refused:
        alliance.evaluate(bare, {share: [0.7, -3.0]}, client=client)
    assert refused.value.field == "inputs"


def test_what_is_kept_of_sweeps_shares_and_rows_is_not_worked_out_again(bare, root, tmp_path):
    deal = alliance.Scenario.load(root / "scenarios" / "two-force.toml")
    saving = {"alliance.K.area.y.saving": [0.05 + 0.00001 * k for k in range(9_000)]}
    asks = {
        "sweep": lambda **ways: alliance.what_if(bare, sweep="economy.pay_share=0.6..0.9:13", trials=20_000, **ways).to_json(),
        "shares": lambda **ways: alliance.shares(deal, trials=20_000, **ways).to_json(),
        "rows": lambda **ways: alliance.evaluate(bare, saving, **ways).to_dict(),
    }
    with processes(2) as client:
        for name, ask in asks.items():
            kept = tmp_path / name

            def lose(_stage, done, of):
                raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                ask(client=client, kept=kept, progress=lose)
            assert len(list(kept.glob("*.part"))) == 1
            assert ask(client=client, kept=kept) == ask()
            there = {path: path.stat().st_mtime_ns for path in kept.glob("*.part")}
            # All is there: nothing is counted, and nothing is written.
            told = []
            assert ask(client=client, kept=kept, progress=lambda stage, *_, told=told: told.append(stage)) == ask()
            assert not any("cluster" in stage for stage in told)
            assert {path: path.stat().st_mtime_ns for path in kept.glob("*.part")} == there


def killing(client, told):
    """A progress that kills a worker as soon as something came in."""

    def kill(*far):
        if not told:
            os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        told.append(far)

    return kill


def test_a_worker_that_is_killed_under_a_sweep_shares_or_rows_changes_no_byte(bare, root):
    deal = alliance.Scenario.load(root / "scenarios" / "two-force.toml")
    saving = {"alliance.K.area.y.saving": [0.05 + 0.000001 * k for k in range(90_000)]}
    for ask in (
        lambda **ways: alliance.what_if(bare, sweep=["economy.pay_share=0.6..0.9:5"], trials=50_000, **ways).to_json(),
        lambda **ways: alliance.shares(deal, trials=50_000, **ways).to_json(),
        lambda **ways: alliance.evaluate(bare, saving, **ways).to_dict(),
    ):
        told = []
        with processes(4) as client:
            assert ask(client=client, progress=killing(client, told)) == ask()
        assert len(told) > 4


def test_a_worker_that_is_killed_midway_changes_no_byte(client, bare, alone):
    told = []
    assert alliance.run(bare, trials=TRIALS, client=client, progress=killing(client, told)).to_json() == alone
    assert told[-1] == ("Counting on the cluster", 2_344, 2_344) and len(told) > 8


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
    # On every worker the second part that it counts from now on.
    on_workers(client, flip)
    asked = {"sweep": ["economy.pay_share=0.6..0.9:5"], "trials": 50_000}
    assert alliance.what_if(bare, **asked, client=client).to_json() == alliance.what_if(bare, **asked).to_json()
    on_workers(client, flip)
    assert alliance.shares(bare, trials=50_000, client=client).to_json() == alliance.shares(bare, trials=50_000).to_json()
    on_workers(client, flip)
    saving = {"alliance.K.area.y.saving": [0.05 + 0.000001 * k for k in range(90_000)]}
    assert alliance.evaluate(bare, saving, client=client).to_dict() == alliance.evaluate(bare, saving).to_dict()


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


def test_a_range_that_takes_its_workers_with_it_is_told_apart_from_a_lost_cluster(bare, monkeypatch):
    def dies(*_asked):
        import os
        import signal

        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("alliance.cluster._count", dies)
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), processes(3) as client:
        # One range alone, so that one worker is left that still holds the question.
        with pytest.raises(alliance.AllianceError, match="2 workers died one after another at the same range, most likely of too little memory"):
            alliance.run(bare, trials=100, client=client)
    with processes(1) as client, pytest.raises(alliance.AllianceError, match=r"the cluster was lost .* every worker that held the question died"):
        alliance.run(bare, trials=100, client=client)


def test_a_question_that_cannot_be_handed_out_is_told_in_words(bare, monkeypatch):
    for odd, told in ((CommClosedError("gone"), "the cluster was lost"), (CancelledError("gone"), "the cluster was lost"), (TimeoutError("none"), "no worker took")):

        def scatter(*_, odd=odd, **__):
            raise odd

        with processes(1) as client:
            monkeypatch.setattr(client, "scatter", scatter)
            with pytest.raises(alliance.AllianceError, match=told):
                alliance.run(bare, trials=1_000, client=client)


def test_what_was_handed_out_is_given_up_when_a_call_ends_or_fails(bare):
    with processes(1) as client:

        def left():
            import time

            for _ in range(50):
                if not any(str(key).startswith("bytes-") or str(key).startswith("str-") for key in client.run_on_scheduler(tasks)):
                    return False
                time.sleep(0.1)
            return True

        def tasks(dask_scheduler):
            return [str(key) for key in dask_scheduler.tasks]

        alliance.run(bare, trials=1_000, client=client)
        assert not left()
        with pytest.raises(ZeroDivisionError) as kept:
            alliance.run(bare, trials=1_000, client=client, progress=lambda *_: 1 // 0)
        # What was raised keeps its frames, and so all that was at hand in them.
        assert kept.value is not None and not left()


def test_what_is_not_counted_in_ranges_is_refused(client, bare):
    with pytest.raises(alliance.RequestError) as refused:
        alliance.run(bare, until=0.01, client=client)
    assert refused.value.field == "until"
    for ask in (alliance.run, alliance.shares, lambda *_, **ways: alliance.evaluate(bare, {"economy.pay_share": [0.7]}, **ways)):
        with pytest.raises(alliance.RequestError) as refused:
            ask(bare, kept="somewhere")
        assert refused.value.field == "kept"
        with pytest.raises(alliance.RequestError) as refused:
            ask(bare, client=client, progress=3)
        assert refused.value.field == "progress"


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
