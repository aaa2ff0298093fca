"""Settings that several modules of the engine share: the array type, and how far back it reads."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Arrays of floating-point numbers; the candidates' forecasts are kept in single precision.
Array = NDArray[np.floating[Any]]

#: Months of history that are read: 21 years, so that the last business cycle is among the origins. Earlier months are
#: dropped. Of weeks, whose number costs time, ten years are read.
MEMORY, MEMORY_OF_WEEKS = 252, 120

#: Unobserved months put before the first one of a block, three times the longest season, so that the candidates that
#: repeat past seasons find a (filled) past for every series. Of quarters and weeks it is three years.
LEAD, LEAD_YEARS = 72, 3

#: Number of origins, the last periods of the history, from which past forecasts are made, to weigh candidates and to
#: learn widths: twelve and a half years of months, three of weeks.
ORIGINS = 150

#: Periods ahead whose past errors are learnt from; further ahead widths go on growing as the panel's did until then.
LEARNT_HORIZON = 12
