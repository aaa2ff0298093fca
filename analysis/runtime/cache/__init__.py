"""Results kept between processes, under the fingerprint of all that they were made from (docs/editions.md)."""

from analysis.runtime.cache.codec import Codec, UnknownValueError
from analysis.runtime.cache.fingerprint import fingerprint
from analysis.runtime.cache.folder import VARIABLE, default_folder, recall_or_make

__all__ = ["VARIABLE", "Codec", "UnknownValueError", "default_folder", "fingerprint", "recall_or_make"]
