"""Reconciliation: forecasts made to add up, ports to regions, modes to ports, months to years, in every draw."""

from analysis.methods.reconciliation.coupling import couple
from analysis.methods.reconciliation.covariance import shrunk_correlation, shrunk_covariance
from analysis.methods.reconciliation.hierarchy import Hierarchy, hierarchy
from analysis.methods.reconciliation.projection import project
from analysis.methods.reconciliation.reconcile import Reconciled, errors_of_last_year, long_draws, reconcile

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
