"""Concerns: kinds, states, time limits, clusters and who sees a restricted one."""
