"""A lock beside a user's own file leaves nothing there, and two holders never have it at once."""

import threading
from pathlib import Path

import pytest

from analysis.runtime.locks import hold_lock


def test_a_lock_that_is_not_kept_leaves_no_file(tmp_path: Path) -> None:
    lock = tmp_path / ".ledger.csv.lock"
    with hold_lock(lock, wait=True, keep=False):
        assert lock.exists()
        with pytest.raises(BlockingIOError), hold_lock(lock, wait=False, keep=False):
            pass
    assert not list(tmp_path.iterdir())


def test_holders_that_remove_the_file_still_take_turns(tmp_path: Path) -> None:
    lock, inside, most = tmp_path / "lock", [], []

    def work() -> None:
        for _ in range(50):
            with hold_lock(lock, wait=True, keep=False):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    assert len(most) == 200
