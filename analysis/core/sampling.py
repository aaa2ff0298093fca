"""How a distribution is drawn and summarised."""

from dataclasses import dataclass, replace

from analysis.core.errors import ParameterError


@dataclass(frozen=True)
class Sampling:
    """Draws of a distribution and the intervals that are read from them.

    Attributes
    ----------
    levels
        Interval levels in percent, such as 80 and 95.
    draws
        How many draws are made.
    seed
        Seed of their generator: the same seed gives the same draws.

    Raises
    ------
    ParameterError
        If a level lies outside 1 to 99, or there is no draw.
    """

    levels: tuple[int, ...] = (80, 95)
    draws: int = 1000
    seed: int = 1

    def __post_init__(self) -> None:
        outside = [level for level in self.levels if not 0 < level < 100]
        if outside:
            raise ParameterError(f"The interval level {outside[0]} is no percent. Use levels from 1 to 99.")
        if self.draws < 1:
            raise ParameterError(f"The number of draws is {self.draws}. Ask for at least one.")

    def at(self, *levels: int) -> "Sampling":
        """Return the same draws with other interval levels."""
        return replace(self, levels=levels)


#: What is drawn unless something else is asked for.
DEFAULT_SAMPLING = Sampling()
