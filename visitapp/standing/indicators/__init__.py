"""What the records of a setting say of each indicator of a risk model, by subject."""
