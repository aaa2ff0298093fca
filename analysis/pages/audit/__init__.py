"""The page of the audit desk."""
