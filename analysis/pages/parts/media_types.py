"""MIME types of the data that a notebook's outputs carry for its page, beside what a reader of the notebook sees."""

#: The header of the page and its line in the edition's index, a `PageRecord`.
RECORD = "application/vnd.silkport.page+json"

#: Sentences, a heading with its paragraph, or a note: `Sentences`, `Heading`, `Note`.
SENTENCES = "application/vnd.silkport.sentences+json"

#: A `Table`, for the page and the workbook.
TABLE = "application/vnd.silkport.table+json"

#: A `Figure`: the chart in both languages and two widths, with its words.
FIGURE = "application/vnd.silkport.figure+json"
