"""What the desk and the server both work out from records."""
