"""Any list as a file: all of its rows, for spreadsheets and programs, read and sent a few hundred at a time.

addresses  where a list stands as files
chosen     which records parameters choose, a few hundred at a time
tables     the columns of each list, read off the records of the interface for programs
asked      which file is asked for, or why there is none
files      the rows as CSV, XLSX, JSON lines and JSON-LD
"""
