"""Bulletins: texts about ports, trade and parks, read into proposed rows of a ledger (docs/methods/bulletins.md)."""

from analysis.sources.bulletins.files import Given, all_bulletins, read_bulletins
from analysis.sources.bulletins.proposals import CONTRADICTS, KNOWN, NEW, REPRINT, Proposals, propose
from analysis.sources.bulletins.text import Bulletin

__all__ = [
    "CONTRADICTS",
    "KNOWN",
    "NEW",
    "REPRINT",
    "Bulletin",
    "Given",
    "Proposals",
    "all_bulletins",
    "propose",
    "read_bulletins",
]
