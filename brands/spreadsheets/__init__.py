"""Tables for spreadsheet programs: files that show what they hold and run nothing of it.

cells       what one cell says, and how a text that looks like a formula is kept from being one
csv_lines   lines of cells as lines of a CSV file
workbook    lines of cells as an XLSX workbook
downloads   a table as an answer: CSV or XLSX
"""
