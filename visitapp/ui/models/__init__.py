"""Tables over the values that services hand out. They neither sort nor filter: services do."""
