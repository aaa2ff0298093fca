"""Charts, tables and sentences: nothing is computed here, and numbers are rounded in `tables` alone."""
