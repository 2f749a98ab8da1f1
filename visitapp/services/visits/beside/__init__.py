"""What stands beside the questions of a visit: open actions, and visits of other officers."""
