"""Referrals of a theme to the market support partner: their states, and what came of them."""
