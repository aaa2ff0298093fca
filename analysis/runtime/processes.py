"""A map over several processes, which end when the command does, however it ends."""

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

    The executors of the standard library share one queue, and wait for ever for its lock if a worker was killed while
    holding it. Here each worker has a pipe of its own: the caller kills the workers when it stops, and a worker whose
    caller was killed finds its pipe closed and ends.

    Parameters
    ----------
    work
        A function of one item, which can be pickled.
    items
        What to work on; item i goes to worker i modulo `workers`.
    workers
        Number of processes; with one, this process does the work.

    Raises
    ------
    ChildProcessError
        If a worker ended before it had sent all its results.
    """
    if workers < 2:
        yield from map(work, items)
        return
    context = get_context("spawn")
    pipes, processes = [], []
    try:
        with hold_back_signals():
            for _ in range(workers):
                pipe, end_of_worker = context.Pipe()
                process = context.Process(target=_serve, args=(end_of_worker,), daemon=True)
                process.start()
                end_of_worker.close()
                pipes.append(pipe)
                processes.append(process)
        # Work and items go through the pipe and not as arguments of the process: starting a process blocks for ever if
        # it ends before it has read its arguments.
        for number, pipe in enumerate(pipes):
            _call_worker(pipe.send, (work, items[number::workers]))
        for number in range(len(items)):
            yield _call_worker(pipes[number % workers].recv)
    finally:
        for process in processes:
            process.kill()
            process.join()


def _serve(pipe: Connection) -> None:
    """Receive the work and the items in a worker process, and send one result after the other back."""
    with suppress(EOFError, ConnectionError):
        work, items = pipe.recv()
        for item in items:
            pipe.send(work(item))


def _call_worker(method: Callable[..., Any], *arguments: object) -> Any:
    """Call `send` or `recv` of the pipe to a worker, and raise an error that a reader understands if it has ended."""
    try:
        return method(*arguments)
    except (EOFError, ConnectionError):
        raise ChildProcessError("A worker process ended before its work was done. Run again, with fewer.") from None
