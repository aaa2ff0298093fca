"""Benchmarks are scripts beside one another, and import each other by plain names."""

import sys

from tests.repository import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
