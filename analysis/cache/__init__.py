"""Results kept between processes, under the fingerprint of all that they were made from (docs/editions.md)."""

from analysis.cache.fingerprint import fingerprint
from analysis.cache.folder import VARIABLE, default_folder, recalled
from analysis.cache.values import Codec, UnknownValueError

__all__ = ["VARIABLE", "Codec", "UnknownValueError", "default_folder", "fingerprint", "recalled"]
