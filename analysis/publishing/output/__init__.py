"""The files of a page: HTML, workbook, manifest."""
