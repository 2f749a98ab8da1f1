"""What somebody asks for and somebody else must agree to, at the server; and steps of its own."""
