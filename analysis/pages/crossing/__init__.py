"""The page of the crossing desk."""
