"""Packages outside the users' set: imported when they are used, and named in an error when they are not installed."""

from importlib import import_module
from types import ModuleType

from analysis.core.errors import ExtraError


def load_package(module: str, *, extra: str, what: str) -> ModuleType:
    """Import a module of an optional package.

    Parameters
    ----------
    module
        Its dotted name.
    extra
        The extra of silkport that installs it.
    what
        What needs it, for the error sentence.

    Raises
    ------
    ExtraError
        If it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as problem:
        package = module.partition(".")[0]
        raise ExtraError(
            f"{what} needs {package}, which is not installed. Install silkport with its extra {extra!r}."
        ) from problem
