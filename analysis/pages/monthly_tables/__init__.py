"""The page of monthly tables."""
