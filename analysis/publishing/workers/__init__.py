"""Who builds: warm processes that execute notebooks within limits."""
