"""The desk of the aid portfolio: money and projects by batch, how past plans went, and what that says of this one."""

from analysis.desks.aid.desk import AidPortfolio, Plan, aid_portfolio

__all__ = ["AidPortfolio", "Plan", "aid_portfolio"]
