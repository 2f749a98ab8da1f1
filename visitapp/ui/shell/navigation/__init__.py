"""Getting about: the pages one came from, and finding anything by its words."""
