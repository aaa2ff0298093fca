"""Import `analysis` before numpy in every test, so that linear algebra runs on one thread and numbers repeat."""

import analysis  # noqa: F401
