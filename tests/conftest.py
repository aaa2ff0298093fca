"""What holds for every test: numbers repeat, fits are made once for the session, and the same examples are tried."""

import os
import shutil
import sys
import tempfile

import pytest
from hypothesis import settings

import analysis  # noqa: F401 - before numpy, so that linear algebra runs on one thread and numbers repeat
from analysis.runtime.cache import VARIABLE

#: Names the folder of kept results that several sessions share; `make test` makes it fresh and removes it.
SHARED_CACHE = "SILKPORT_TEST_CACHE"

# As in `tests/quick`, also where the tests were not started by make.
sys.modules["rfc3987_syntax"] = None

# A test is not wrong because the machine was busy, and it tries the same examples everywhere;
# `pytest --hypothesis-profile=default` looks for others.
settings.register_profile("silkport", settings.default, deadline=None, derandomize=True)
settings.load_profile("silkport")


def pytest_configure(config: pytest.Config) -> None:
    """Keep results in one new folder, for the workers of pytest-xdist and every process that a test starts.

    A fit that several tests ask for is made by the first, and no test is right because of what another session kept.
    """
    if hasattr(config, "workerinput"):
        return
    folder = os.environ.get(SHARED_CACHE)
    if not folder:
        folder = tempfile.mkdtemp(prefix="silkport-tests-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ[VARIABLE] = folder
