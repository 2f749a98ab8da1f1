"""Photos and documents that a person gives: chosen, dropped, pasted, captioned."""
