"""Work shared out over processes that end with the command, however it ends."""

from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from analysis.interruption import signals_held_back

Item = TypeVar("Item")
Result = TypeVar("Result")


def shared(work: Callable[[Item], Result], items: Sequence[Item], *, workers: int) -> Iterator[Result]:
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
    readers, processes = [], []
    try:
        with signals_held_back():
            for number in range(workers):
                reader, writer = context.Pipe(duplex=False)
                process = context.Process(target=_send, args=(writer, work, items[number::workers]), daemon=True)
                process.start()
                writer.close()
                readers.append(reader)
                processes.append(process)
        for number in range(len(items)):
            yield _receive(readers[number % workers])
    finally:
        for process in processes:
            process.kill()
            process.join()


def _send(writer: Connection, work: Callable[[Item], Result], items: Sequence[Item]) -> None:
    """Send results one by one, until the items end or nobody reads any more."""
    try:
        for item in items:
            writer.send(work(item))
    except BrokenPipeError:
        return


def _receive(reader: Any) -> Any:
    try:
        return reader.recv()
    except EOFError:
        raise ChildProcessError("A worker process ended before its work was done. Run again, with fewer.") from None
