"""While the engine works the interpreter is free: progress is told, Ctrl-C obeyed, other threads go on."""

import signal
import threading
import time

import pytest

import alliance

# Minutes of work, were it not stopped.
LONG = 500_000_000


def test_ctrl_c_is_obeyed_within_a_second(two_force):
    raised = []

    def interrupt():
        time.sleep(0.7)
        raised.append(time.monotonic())
        signal.raise_signal(signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        alliance.run(two_force, trials=LONG)
    assert time.monotonic() - raised[0] < 1
    thread.join()


def test_other_threads_go_on_and_what_progress_raises_stops_the_work(two_force):
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.wait(0.01):
            ticks.append(time.monotonic())

    thread = threading.Thread(target=tick)
    thread.start()

    class Enough(Exception):
        pass

    told = []

    def progress(stage, done, total):
        told.append((stage, done, total))
        if len(told) == 5:
            raise Enough

    with pytest.raises(Enough):
        alliance.run(two_force, trials=LONG, progress=progress)
    stop.set()
    thread.join()
    assert len(ticks) > 10
    assert all(isinstance(stage, str) and 0 <= done <= total == LONG for stage, done, total in told)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_progress_ends_with_all_the_work(two_force):
    told = []
    alliance.run(two_force, trials=20_000, progress=lambda *far: told.append(far))
    assert told and all(0 <= done <= total for _, done, total in told)


def test_a_progress_that_cannot_be_called_is_an_error(two_force):
    with pytest.raises(alliance.RequestError, match="a function of a stage"):
        alliance.run(two_force, trials=LONG, progress=3)
