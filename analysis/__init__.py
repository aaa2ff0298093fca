"""Silkport: the economics of border ports and industrial parks, from published statements."""

import os

# The same bytes twice: sums over several threads differ in the last digits from run to run, and each processor has
# kernels of its own, which send one draw in some hundreds elsewhere. Those named here run wherever polars runs; of
# numpy's, those that only some processors have are left aside.
_SAME_ARITHMETIC = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_CORETYPE": "Haswell",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
}
for _name, _setting in _SAME_ARITHMETIC.items():
    os.environ.setdefault(_name, _setting)

__version__ = "0.1.0"
