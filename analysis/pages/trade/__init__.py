"""The page of the trade desk."""
