"""Commands of referrals for support."""
