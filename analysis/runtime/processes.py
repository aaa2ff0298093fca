"""Work shared out over processes that end with the command, however it ends."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from analysis.runtime.signals import hold_back_signals

Item = TypeVar("Item")
Result = TypeVar("Result")


def available_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_processes(work: Callable[[Item], Result], items: Sequence[Item], *, workers: int) -> Iterator[Result]:
    """Yield the result of each item, in the order of the items.

    The executors of the standard library wait for a lock that an interrupted worker may have taken with it. Here each
    worker has a pipe of its own: it is killed when the caller stops, and stops by itself when the caller is killed.

    Parameters
    ----------
    work
        A function of one item that can be pickled.
    items
        What to work on; item i goes to worker i modulo `workers`.
    workers
        How many processes; with one, the work is done here.

    Raises
    ------
    ChildProcessError
        If a worker ended before its work was done.
    """
    if workers < 2:
        yield from map(work, items)
        return
    context = get_context("spawn")
    pipes, processes = [], []
    try:
        with hold_back_signals():
            for _ in range(workers):
                ours, theirs = context.Pipe()
                process = context.Process(target=_answer, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                pipes.append(ours)
                processes.append(process)
        # Not as arguments of the process: whoever starts one waits for ever if it ends before it has read them.
        for number, pipe in enumerate(pipes):
            _named_if_gone(pipe.send, (work, items[number::workers]))
        for number in range(len(items)):
            yield _named_if_gone(pipes[number % workers].recv)
    finally:
        for process in processes:
            process.kill()
            process.join()


def _answer(pipe: Connection) -> None:
    """Take work and items, and send results one by one, until the items end or nobody reads any more."""
    with suppress(EOFError, ConnectionError):
        work, items = pipe.recv()
        for item in items:
            pipe.send(work(item))


def _named_if_gone(talk: Callable[..., Any], *words: object) -> Any:
    """Talk to a worker, and say so if it is gone."""
    try:
        return talk(*words)
    except (EOFError, ConnectionError):
        raise ChildProcessError("A worker process ended before its work was done. Run again, with fewer.") from None
