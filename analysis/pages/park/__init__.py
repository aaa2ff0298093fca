"""The page of a park."""
