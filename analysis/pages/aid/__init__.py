"""The page of an aid portfolio."""
