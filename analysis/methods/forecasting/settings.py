"""Settings that several modules of the engine share: the array type, and how far back it reads."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Arrays of floating-point numbers; the candidates' forecasts are kept in single precision.
Array = NDArray[np.floating[Any]]

#: Months of history that are read: 21 years, so that the last business cycle is among the origins. Earlier months are
#: dropped.
MEMORY = 252

#: Unobserved months put before the first one of a block, three times the longest season, so that the candidates that
#: repeat past seasons find a (filled) past for every series.
LEAD = 72

#: Number of origins, the last months of the history, from which past forecasts are made, to weigh candidates and to
#: learn widths: twelve and a half years.
ORIGINS = 150

#: Months ahead whose past errors are learnt from; further ahead widths grow with the square root of the horizon, as
#: those of a random walk.
LEARNT_HORIZON = 12
