"""What the server keeps for itself. None of it is synced."""
