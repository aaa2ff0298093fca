"""The structural model of one series: trend, season and effects of events, each with its standard error."""

from analysis.methods.structural.combined import combine_explanations
from analysis.methods.structural.model import explain
from analysis.methods.structural.result import Explanation, Intervention

__all__ = ["Explanation", "Intervention", "combine_explanations", "explain"]
