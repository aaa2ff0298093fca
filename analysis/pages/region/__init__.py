"""The page of the region desk."""
