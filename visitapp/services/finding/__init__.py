"""Finding a record of any kind by its words; each subject contributes its own."""
