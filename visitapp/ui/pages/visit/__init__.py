"""The Visit page: a form answered on site, saved as it is given, rated as it is saved."""
