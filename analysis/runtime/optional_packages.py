"""Packages that only some desks need: loaded when they are used, and named when they are absent."""

from importlib import import_module
from types import ModuleType

from analysis.core.errors import ExtraError


def load_package(module: str, *, extra: str, what: str) -> ModuleType:
    """Return a module of an optional package.

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
