"""The page of the corridor desk."""
