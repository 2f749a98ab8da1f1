"""The rows of the survey and choices sheets: their types, groups, lists and languages."""
