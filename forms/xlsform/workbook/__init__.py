"""The file as sheets, rows and columns of text."""
