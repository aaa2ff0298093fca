"""Which module may import which: the layers of `analysis`, and a reader of imports that says who breaks them."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

#: The folders of `analysis`: each imports only from itself and from those before it.
LAYERS = ("core", "runtime", "sources", "methods", "estimates", "desks", "pages", "publishing", "cli")

#: Methods know no place and no file.
HIDDEN = {"methods": {"sources"}}

#: Packages that a layer leaves to later ones, so that a command loads only what it uses.
CLOSED = {
    "core": {"altair", "papermill", "statsmodels", "jinja2", "nbformat", "pathlib"},
    "runtime": {"altair", "papermill", "statsmodels", "jinja2", "nbformat"},
    "sources": {"altair", "papermill", "statsmodels", "jinja2", "nbformat"},
    "methods": {"altair", "papermill", "jinja2", "nbformat", "pathlib"},
    "estimates": {"altair", "papermill", "jinja2", "nbformat"},
    "desks": {"altair", "papermill", "jinja2", "nbformat"},
    "pages": {"papermill", "jinja2", "nbformat"},
}


def modules(folder: Path) -> dict[str, str]:
    """Return the text of each module of a package, by its dotted name; packages end in `.__init__`."""
    paths = sorted(folder.rglob("*.py"))
    return {
        ".".join((folder.name, *path.relative_to(folder).with_suffix("").parts)): path.read_text() for path in paths
    }


def imports(module: str, source: str) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import anywhere in a module, relative ones resolved."""
    package = module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*parents, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def upward_imports(module: str, source: str) -> list[str]:
    """Return one sentence for each import that the layer of a module, such as `analysis.core.periods`, is closed to."""
    layer = module.split(".")[1]
    if layer == "__init__":
        return [
            f"{module}:{line} imports {name}" for line, name in imports(module, source) if name.startswith("analysis")
        ]
    if layer not in LAYERS:
        return [f"{module} lies in no layer; move it into one of {', '.join(LAYERS)}"]
    sentences = []
    for line, name in imports(module, source):
        root, _, rest = name.partition(".")
        if root in CLOSED.get(layer, ()):
            sentences.append(f"{module}:{line} imports {root}, which {layer} leaves to later layers")
        target = rest.partition(".")[0]
        if root != "analysis" or target not in LAYERS:
            continue
        if LAYERS.index(target) > LAYERS.index(layer) or target in HIDDEN.get(layer, ()):
            sentences.append(f"{module}:{line} imports {name}: {layer} may not look at {target}")
    return sentences


def circles(sources: Mapping[str, str]) -> list[list[str]]:
    """Return the sets of modules that import each other in a circle, wherever in a module the import stands."""
    targets = _targets(sources)
    reach = {module: _reached(module, targets) for module in targets}
    found = {frozenset(other for other in reach[module] if module in reach[other]) for module in reach}
    return sorted(sorted(circle) for circle in found if circle)


def _targets(sources: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the modules that each module imports; what a package passes on counts as the module that defines it."""
    names = {module.removesuffix(".__init__"): module for module in sources}
    targets: dict[str, set[str]] = defaultdict(set)
    for module, source in sources.items():
        for _, name in imports(module, source):
            known = next((names[part] for part in (name, name.rpartition(".")[0]) if part in names), None)
            if known is not None and known != module:
                targets[module].add(known)
    return {module: targets[module] for module in sources}


def _reached(module: str, targets: Mapping[str, set[str]]) -> set[str]:
    """Return all modules that a module imports, directly or through others."""
    seen: set[str] = set()
    ahead = list(targets[module])
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += targets[name]
    return seen
