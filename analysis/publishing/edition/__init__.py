"""What is built: packs, parameters, the run over a pack, its state, log and index."""
