"""The machine: folders, locks, signals, processes, optional packages, files and the cache."""
