"""Referrals for support on the pages of concerns and settings."""
