"""What improvement plans must answer, worked out from records."""
