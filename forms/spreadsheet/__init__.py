"""Spreadsheets (.xlsx, .ods, .xls) read safely: one guard for every reader of a spreadsheet."""
