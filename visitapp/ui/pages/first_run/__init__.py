"""The first start: protect this laptop, say who you are, choose where the work comes from."""
