"""What every page is made of: tables, charts, sentences, sources and the look of them."""
