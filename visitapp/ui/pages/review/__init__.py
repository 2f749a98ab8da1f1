"""The Review page: what a team lead decides on."""
