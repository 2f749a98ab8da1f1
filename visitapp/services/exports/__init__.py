"""Lists that leave the program."""
