"""The desk of a park's own returns: progress towards a target, and the accounts of its firms."""

from analysis.desks.park_returns.accounts import Accounts, accounts, prices
from analysis.desks.park_returns.progress import Progress, only_real, progress

__all__ = ["Accounts", "Progress", "accounts", "only_real", "prices", "progress"]
