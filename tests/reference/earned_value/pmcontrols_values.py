"""Make values.json: read the validation cases of pmcontrols (MIT), and recompute each of them by its formula.

Run `python pmcontrols_values.py validation_cases.json`, the file `tests/validation_cases.json` of the repository
arikanatakan/pmcontrols; the cases kept in values.json were read from it and agree with the formulas below.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def recomputed(case: dict) -> dict[str, float]:
    """Return the quantities of a case from their formulas alone."""
    plan, ev, ac, at = (case[name] for name in ("pv", "ev", "ac", "at"))
    bac, pv = plan[-1], plan[at]
    whole = max(period for period, value in enumerate(plan) if value <= ev)
    part = (ev - plan[whole]) / (plan[whole + 1] - plan[whole]) if whole + 1 < len(plan) else 0.0
    es = whole + part
    return {
        "cv": ev - ac,
        "sv": ev - pv,
        "cpi": ev / ac,
        "spi": ev / pv,
        "eac_cpi": bac * ac / ev,
        "es": es,
        "spi_t": es / at,
    }


def main() -> None:
    """Check every kept case against its formulas, and that the file named on the command line still has its numbers."""
    kept = json.loads((HERE / "values.json").read_text(encoding="utf-8"))
    for name, case in kept.items():
        if isinstance(case["inputs"], dict) and isinstance(case["inputs"]["pv"], list):
            for quantity, value in recomputed(case["inputs"]).items():
                expected = case["expected"].get(quantity, value)
                if abs(expected - value) > 1e-6 * max(1, abs(value)):
                    raise SystemExit(f"{name}: {quantity} is {expected}, the formula gives {value}.")
    if len(sys.argv) > 1:
        text = Path(sys.argv[1]).read_text(encoding="utf-8")
        missing = [name for name, case in kept.items() if str(case["expected"].get("cv", "")) not in text]
        raise SystemExit(f"Not in the file: {missing}" if missing else 0)


if __name__ == "__main__":
    main()
