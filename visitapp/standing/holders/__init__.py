"""Who holds settings, worked out on the device and at the server."""
