"""The review of visits at the server."""
