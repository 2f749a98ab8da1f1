"""What a device keeps for itself. None of it is synced."""
