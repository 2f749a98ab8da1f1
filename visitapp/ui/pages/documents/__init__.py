"""The card of documents, on the pages of what they belong to."""
