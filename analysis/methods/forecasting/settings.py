"""What the parts of the engine agree on: array types, how far back it looks, the transformation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Of floating-point numbers; candidates' forecasts are kept in single precision.
Array = NDArray[np.floating[Any]]

#: Months of history that count; what lies before says nothing about the next year.
MEMORY = 252

#: Unobserved months before the first one of a block, so that every series has a past to be filled: three of the
#: longest seasons.
LEAD = 72

#: Origins at the end of the history from which past forecasts are made, to weigh candidates and to learn widths.
ORIGINS = 150

#: Months ahead whose past errors are learnt from; beyond them widths grow as those of a random walk.
LEARNT_HORIZON = 12
