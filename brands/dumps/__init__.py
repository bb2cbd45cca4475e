"""The whole public data, to be taken away: dated dumps, dumps loaded again, and what changed behind one.

tables       the public data as tables: which rows, which columns, what they mean
columns      a column of a table, and how rows are read
public       which rows are public
writing      a dump, in one pass over the rows of one moment
formats      the forms of a file: CSV, JSON lines, SQLite, Parquet
package      the description of a dump, a Frictionless Data Package
delta        what changed between two dumps
files        folders of dumps: names, sums, those that lie in a directory
pruning      old dumps taken away
loading      a dump loaded into an installation without a catalogue
catalogue    the dumps as a catalogue of DCAT
changes      what became of public rows behind a place in the audit log
touched      the rows that entries of the log may have shown, changed or hidden
shown        whether rows were public once
position     places in the log, up to where it is settled, and the database as of one moment
"""
