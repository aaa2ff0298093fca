"""Silkport: the economics of border ports and industrial parks, from published statements."""

import os

# The same bytes twice: sums over several threads differ in the last digits from run to run.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

__version__ = "0.1.0"
