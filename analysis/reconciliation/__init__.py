"""Forecasts that add up: ports to regions, modes to ports, months to years, in every draw."""

from analysis.reconciliation.coupling import couple
from analysis.reconciliation.covariance import shrunk_correlation, shrunk_covariance
from analysis.reconciliation.hierarchy import Hierarchy, hierarchy
from analysis.reconciliation.projection import project
from analysis.reconciliation.reconcile import Reconciled, errors_of_last_year, long_draws, reconcile

__all__ = [
    "Hierarchy",
    "Reconciled",
    "couple",
    "errors_of_last_year",
    "hierarchy",
    "long_draws",
    "project",
    "reconcile",
    "shrunk_correlation",
    "shrunk_covariance",
]
