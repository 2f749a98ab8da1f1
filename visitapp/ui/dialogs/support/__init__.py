"""Dialogs of referrals for support."""
