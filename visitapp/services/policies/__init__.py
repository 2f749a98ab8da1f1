"""What a person can do with the council's policy: read it, compare versions, publish one."""
