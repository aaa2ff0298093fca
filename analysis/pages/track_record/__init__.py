"""The page of the forecast record."""
