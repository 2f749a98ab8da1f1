"""The form that is built: areas, questions, scales and wording."""
