"""Editions: packs of notebooks executed into self-contained pages with an index and a record of what they used."""
