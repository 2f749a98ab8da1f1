"""The window around the pages: start, placement, what it shows beside them."""
