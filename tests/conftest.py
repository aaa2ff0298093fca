"""Import `analysis` before numpy in every test, so that linear algebra runs on one thread and numbers repeat."""

import os

from hypothesis import settings

import analysis  # noqa: F401
from analysis.runtime.cache import VARIABLE

# No test is right because of what an earlier run has kept; the tests of the cache name a folder of their own.
os.environ[VARIABLE] = "off"

# A test is not wrong because the machine was busy, and it tries the same examples everywhere;
# `pytest --hypothesis-profile=default` looks for others.
settings.register_profile("silkport", settings.default, deadline=None, derandomize=True)
settings.load_profile("silkport")
