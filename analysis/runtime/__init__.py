"""The machine: folders, locks, signals, processes, optional packages, X-13, checksums, files and the cache."""
