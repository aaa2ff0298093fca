"""The folder that `silkport new` writes for a place of one's own, with a worked example that builds its page."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import __version__
from analysis.core.errors import ParameterError
from analysis.runtime.files import make_writable_folder, replace_folder
from analysis.runtime.folders import BUNDLED, ROOT
from analysis.sources import ledger, registers
from analysis.sources.evidence import Evidence
from analysis.sources.registers import Register

#: What of the folder is not made from the declaration of the registers.
FILES = Path(__file__).parent / "files"

#: The month of the example's pages.
EDITION = "2024-10"

_PORTS = (
    {
        "port": "santa_teresa", "name_en": "Santa Teresa", "name_zh": "圣特雷莎", "region": "new_mexico",
        "neighbour_country": "Mexico", "neighbour_port": "San Jerónimo", "modes": "road",
    },
    {
        "port": "laredo", "name_en": "Laredo", "name_zh": "拉雷多", "region": "texas",
        "neighbour_country": "Mexico", "neighbour_port": "Nuevo Laredo", "modes": "road",
    },
)  # fmt: skip
_PLACES = (
    {"place": "new_mexico", "kind": "region", "name_en": "New Mexico", "name_zh": "新墨西哥州"},
    {"place": "texas", "kind": "region", "name_en": "Texas", "name_zh": "得克萨斯州"},
)
_INDICATORS = (
    {
        "indicator": "trucks_entering", "kind": "flow", "activity": "traffic", "unit": "vehicles",
        "name_en": "trucks entering from Mexico", "name_zh": "自墨西哥入境货车",
    },
)  # fmt: skip

#: The registers of the folder with their rows; one without rows is a header to fill.
_TABLES: tuple[tuple[Register, Sequence[Mapping[str, str]]], ...] = (
    (registers.PORTS, _PORTS),
    (registers.PLACES, _PLACES),
    (registers.INDICATORS, _INDICATORS),
    (registers.PORT_CLOSURES, ()),
    (registers.PORT_EVENTS, ()),
)


@dataclass(frozen=True)
class Desk:
    """A folder as `silkport new` writes it, for a notebook.

    Attributes
    ----------
    folder
        Where it lies.
    files
        Its files, as paths inside the folder.
    temporary
        What removes a temporary folder at the end; None for a folder that stays.
    """

    folder: Path
    files: tuple[str, ...]
    temporary: TemporaryDirectory[str] | None = field(default=None, repr=False)

    @property
    def ledger(self) -> Path:
        """The statements of the folder."""
        return self.folder / "data" / ledger.FILE

    def evidence(self) -> Evidence:
        """Return what the data folder holds now."""
        return Evidence.read(self.folder / "data")


def new_desk(folder: str = "") -> Desk:
    """Write a desk into a folder, as `silkport new` does, or into a temporary one if none is named.

    Raises
    ------
    ParameterError, ReportError
        As `write_starter` does.
    """
    temporary = None if folder else TemporaryDirectory(prefix="silkport-desk-")
    path = Path(temporary.name if temporary is not None else folder)
    return Desk(path, tuple(write_starter(path)), temporary)


def write_starter(folder: Path) -> list[str]:
    """Write a desk for a place of one's own into a new folder, whole or not at all.

    Parameters
    ----------
    folder
        A folder that is absent or empty.

    Returns
    -------
    list of str
        The files, as paths inside the folder.

    Raises
    ------
    ParameterError
        If the folder holds anything, or a file stands in its place.
    ReportError
        If it cannot be written; nothing has changed then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "holds files already" if folder.is_dir() else "is a file"
        raise ParameterError(f"{folder} {what}. Name a folder that is new or empty.")
    make_writable_folder(folder.absolute().parent)
    content = starter_files(ROOT if ROOT != BUNDLED else None)
    with replace_folder(folder) as temporary:
        for name, text in content.items():
            (temporary / name).parent.mkdir(parents=True, exist_ok=True)
            (temporary / name).write_text(text, encoding="utf-8")
    return list(content)


def starter_files(clone: Path | None = None) -> dict[str, str]:
    """Return the files of the folder by path.

    Parameters
    ----------
    clone
        The clone from which the folder's Makefile installs Silkport; the package of this version if None.
    """
    source = f"silkport=={__version__}" if clone is None else clone.as_posix()
    fills = {"@SILKPORT@": source, "@EDITION@": EDITION}
    return {
        "README.md": _filled("README.md", fills),
        "Makefile": _filled("Makefile", fills),
        "data/statements.csv": _filled("statements.csv", {}),
        **{f"data/{register.file}": _table(register, rows) for register, rows in _TABLES},
        "data/packs/monthly.toml": _filled("packs/monthly.toml", {}),
    }


def _filled(name: str, fills: Mapping[str, str]) -> str:
    """Return a file of the template with its marks filled."""
    text = (FILES / name).read_text(encoding="utf-8")
    for mark, words in fills.items():
        text = text.replace(mark, words)
    return text


def _table(register: Register, rows: Sequence[Mapping[str, str]]) -> str:
    """Return a register as CSV: the columns that its rows fill, or all of them where there is no row."""
    if not rows:
        return register.template
    used = {name for row in rows for name in row}
    text = io.StringIO()
    writer = csv.DictWriter(text, [name for name in register.columns if name in used], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
