"""What shut or limited a port, in the words of both languages."""

from collections.abc import Mapping
from typing import Any

from analysis.pages.words.cells import Both

#: The states of a port in which goods pass with hindrance or not at all, as `PortCalendars.closures` names them.
_STATES = {
    "closed": Both("closed to freight", "货运关闭"),
    "one_way": Both("one way", "单向通行"),
    "limited": Both("limited", "限量通行"),
}

_ONLY = {"export": Both(", export only", "，仅限出口"), "import": Both(", import only", "，仅限进口")}


def closure_words(row: Mapping[str, Any]) -> Both:
    """Return what was announced, or the state of the port and its direction: `one way, export only`.

    Parameters
    ----------
    row
        A row of `PortCalendars.closures`: `state`, `direction`, `notice`, `notice_zh`. A notice without Chinese words
        stands in English in both languages.
    """
    if row["notice"]:
        return Both(row["notice"], row["notice_zh"] or row["notice"])
    state, only = _STATES[row["state"]], _ONLY.get(row["direction"], Both("", ""))
    return Both(f"{state.en}{only.en}", f"{state.zh}{only.zh}")
