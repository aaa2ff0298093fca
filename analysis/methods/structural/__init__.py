"""One series, explained: trend, season and the effects of what happened, each with its standard error."""

from analysis.methods.structural.model import explain
from analysis.methods.structural.result import Explanation, Intervention

__all__ = ["Explanation", "Intervention", "explain"]
