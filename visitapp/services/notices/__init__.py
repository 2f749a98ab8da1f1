"""Notices of changed ratings and placement positions, and who receives them."""
