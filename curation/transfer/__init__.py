"""Import and export: what the catalogue holds as CSV or XLSX (brands/spreadsheets), and such a file back into it.

columns         a column of a table and the field of a row
source_columns  where a person read of a row: columns that go in and never out
references      rows that a table names by code, number or name
tables          the columns of each table
export_rows     rows of the catalogue -> lines of cells, and of a CSV file
template        an empty XLSX file to fill in
raw_table       lines of cells, before anybody asks what the columns mean
import_file     a file -> lines of cells, or why not; import_workbook: the same of an XLSX file
table_reader    the same for a file of a stranger: a workbook in a process of its own, table_process
headings        what people call the columns, and where the head of a table is
people_words    what people write where a file of the site has a code
import_plan     lines -> what would be new, changed and wrong; nothing is written
import_rows     what was planned -> the catalogue, as one change set
"""
