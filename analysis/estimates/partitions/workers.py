"""Who carries out the tasks: this process, or the workers of a Dask cluster."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import analysis
from analysis.core.errors import ReportError
from analysis.runtime.optional_packages import load_package

#: Runs a function over tuples of arguments and yields the results in their order.
Run = Callable[[Callable[..., Any], Iterable[tuple[Any, ...]]], Iterator[Any]]

#: Seconds to wait for the scheduler, and for a first worker.
_PATIENCE = 30


@contextmanager
def here() -> Iterator[Run]:
    """Run tasks one after the other in this process."""
    yield lambda task, arguments: (task(*each) for each in arguments)


@contextmanager
def cluster(address: str) -> Iterator[Run]:
    """Run tasks on the workers of a Dask scheduler.

    A task whose worker dies goes to another one: tasks read and write files and keep nothing in a worker's memory.

    Parameters
    ----------
    address
        As `connected` takes it.
    """
    distributed = load_package("distributed", extra="scale", what="A cluster")
    with connected(address) as client:
        yield lambda task, arguments: _spread(distributed, client, task, arguments)


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Yield a client of a Dask scheduler that has workers of this version.

    Parameters
    ----------
    address
        Of the scheduler, such as `tcp://10.0.0.1:8786`.

    Raises
    ------
    ReportError
        If no scheduler answers, it has no worker, or a worker has not this version of silkport.
    """
    distributed = load_package("distributed", extra="scale", what="A cluster")
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise ReportError(
            f"No Dask scheduler answers at {address}. Start one with `dask scheduler`, and workers with "
            "`dask worker ADDRESS`, or correct the address."
        ) from problem
    with client:
        _check_workers(client, address)
        yield client


def _spread(
    distributed: Any, client: Any, task: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]
) -> Iterator[Any]:
    """Yield the results of tasks in their order, and forget each as soon as it is here."""
    # Impure: a task writes a file, so it must run although its like has run before.
    waiting = [client.submit(task, *each, pure=False) for each in arguments]
    waiting.reverse()
    try:
        while waiting:
            future = waiting.pop()
            yield future.result()
    except distributed.KilledWorker as problem:
        raise ReportError(
            f"Workers died again and again on one partition ({problem.task}). Give them more memory, or write smaller "
            "partitions."
        ) from problem
    finally:
        client.cancel(waiting)


def _check_workers(client: Any, address: str) -> None:
    """Refuse a cluster without workers, or with workers of another version."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as problem:
        raise ReportError(
            f"The Dask scheduler at {address} has no worker. Start one with `dask worker {address}`."
        ) from problem
    try:
        versions = client.run(version)
    except ImportError as problem:
        raise ReportError("A worker has no silkport. Install it where `dask worker` runs.") from problem
    other = {worker: found for worker, found in versions.items() if found != analysis.__version__}
    if other:
        worker, found = sorted(other.items())[0]
        raise ReportError(f"Worker {worker} has silkport {found}, and this is {analysis.__version__}. Use one version.")


def version() -> str:
    """Return the version of silkport where this runs."""
    return analysis.__version__
