"""The statistics: they take tables and return results, and know no place and no file."""
