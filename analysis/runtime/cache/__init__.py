"""Results kept on disk between runs, each named by a checksum of all that it depends on (docs/editions.md)."""

from analysis.runtime.cache.codec import Codec, UnknownValueError
from analysis.runtime.cache.fingerprint import fingerprint
from analysis.runtime.cache.folder import VARIABLE, default_folder, recall_or_make

__all__ = ["VARIABLE", "Codec", "UnknownValueError", "default_folder", "fingerprint", "recall_or_make"]
