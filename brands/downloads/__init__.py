"""Any list as a file: all of its rows, for spreadsheets and programs, read and sent a few hundred at a time.

addresses  where a list stands as files
tables     the columns of each list, read off the records of the interface for programs
files      the rows as CSV, XLSX, JSON lines and JSON-LD
"""
