"""Lists as files: CSV and XLSX, as they are shown."""
