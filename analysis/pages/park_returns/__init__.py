"""The page of a park's own returns."""
