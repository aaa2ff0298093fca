"""Which module may import which: the layers of `analysis`, and a reader of imports that says who breaks them."""

import ast
from collections.abc import Iterator
from pathlib import Path

#: Every top-level module or package of `analysis`, in the layer that it belongs to; lowest layer first.
LAYERS = {
    "foundations": {
        "__init__",
        "errors",
        "cache",
        "extras",
        "folders",
        "interruption",
        "locking",
        "monthly",
        "observations",
        "periods",
        "shares",
        "units",
        "vocabulary",
        "x13",
    },
    "sources": {"intake", "ledger", "places", "calendar", "returns", "aggregates", "counts", "panels"},
    "methods": {
        "reconstruction",
        "forecasting",
        "accuracy",
        "backtesting",
        "estimation",
        "structural",
        "seasonal",
        "reconciliation",
    },
    "desks": {
        "question",
        "memory",
        "paths",
        "freight",
        "park",
        "attain",
        "news",
        "told",
        "audit",
        "explained",
        "record",
    },
    "presentation": {"presentation"},
    "publishing": {"publishing", "partitions"},
    "command line": {"cli"},
}

#: What a layer may import beside itself. Methods know no place and no file, so sources are closed to them.
BELOW = {
    "foundations": set(),
    "sources": {"foundations"},
    "methods": {"foundations"},
    "desks": {"foundations", "sources", "methods"},
    "presentation": {"foundations", "sources", "methods", "desks"},
    "publishing": {"foundations", "sources", "methods", "desks", "presentation"},
    "command line": {"foundations", "sources", "methods", "desks", "presentation", "publishing"},
}

#: Packages that a layer leaves to others, so that a command loads only what it uses.
CLOSED = {
    "foundations": {"altair", "papermill", "statsmodels", "jinja2", "nbformat"},
    "sources": {"altair", "papermill", "statsmodels", "jinja2", "nbformat"},
    "methods": {"altair", "papermill", "jinja2", "nbformat", "pathlib"},
    "desks": {"altair", "papermill", "jinja2", "nbformat"},
}


def layer_of(module: str) -> str | None:
    """Return the layer of a top-level module of `analysis`, or None if it has none."""
    return next((layer for layer, modules in LAYERS.items() if module in modules), None)


def imports(source: str, package: str = "analysis") -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import, anywhere in a module, relative ones resolved against `package`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parents, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def upward_imports(module: str, source: str, package: str = "analysis") -> list[str]:
    """Return one sentence for each import of a top-level module that its layer is closed to."""
    layer = layer_of(module)
    if layer is None:
        return [f"analysis.{module} has no layer; give it one in tests/layers.py"]
    found = []
    for line, name in imports(source, package):
        root, _, rest = name.partition(".")
        if root in CLOSED.get(layer, ()):
            found.append(f"{module}:{line} imports {root}, which {layer} leave to higher layers")
        if root != "analysis":
            continue
        part = rest.partition(".")[0]
        target = layer_of(part) or "foundations"  # `from analysis import __version__`
        if target != layer and target not in BELOW[layer]:
            found.append(f"{module}:{line} imports {name}: {layer} may not look at {target}")
    return found


def modules(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield the top-level module, the package and the path of every source file of `analysis`."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        yield parts[0], ".".join(["analysis", *parts[:-1]]), path
