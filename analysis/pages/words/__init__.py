"""The words of pages in both languages: dates, names, reasons, and numbers as a reader rounds them."""
