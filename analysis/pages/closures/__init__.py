"""The page of the closures desk."""
