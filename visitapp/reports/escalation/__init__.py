"""Letters to providers and lists of people on paper."""
