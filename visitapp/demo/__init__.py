"""The demonstration: a fictional council, its own server, and the whole journey of a visit."""
