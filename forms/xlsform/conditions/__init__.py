"""The `relevant` column translated to CEL."""
