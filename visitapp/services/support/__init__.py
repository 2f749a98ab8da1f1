"""Referrals of a theme to the market support partner, and what came of them."""
