"""Rules of the market register: contracts, settings and their facts."""
