"""The pages of the window, each given the services it needs."""
