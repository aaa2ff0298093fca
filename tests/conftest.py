"""Import `analysis` before numpy in every test, so that linear algebra runs on one thread and numbers repeat."""

from hypothesis import settings

import analysis  # noqa: F401

# A test is not wrong because the machine was busy; all else stays as it is (in CI: the same examples every time).
settings.register_profile("silkport", settings.default, deadline=None)
settings.load_profile("silkport")
