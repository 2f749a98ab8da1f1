"""What regulators did about settings."""
