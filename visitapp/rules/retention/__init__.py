"""How long records are kept: which kinds, from which date, and what keeps them longer."""
