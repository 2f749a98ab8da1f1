"""What somebody asks for and somebody else must agree to: placement exceptions, overrides."""
