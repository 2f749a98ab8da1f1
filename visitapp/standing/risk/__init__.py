"""The risk of settings: as officers assessed it, as the records have it now, as the server keeps it."""
