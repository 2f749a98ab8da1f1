"""The risk of settings: as officers assessed it, as it is now, as the server recorded it."""
