"""Text that a spreadsheet program would run: what starts a formula, and how it is kept from doing so."""

#: A cell of a CSV file that starts so is read as a formula when the file is opened. East Asian editions of Excel take
#: the full-width and small signs for the plain ones.
FORMULA_SIGNS = tuple(
    "=+-@\t\r\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
    "\N{FULLWIDTH COMMERCIAL AT}\N{SMALL EQUALS SIGN}\N{SMALL PLUS SIGN}\N{SMALL HYPHEN-MINUS}"
    "\N{SMALL COMMERCIAL AT}"
)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: it gets an apostrophe before it where it would be one."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
