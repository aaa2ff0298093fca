"""The page of a port."""
