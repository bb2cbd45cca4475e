"""Backups: the whole database as one file, verified, and back again while the site serves; and from one kind of
database to the other (docs/operations.md).

archive      the file: what it says of itself, and the database in it
measures     how many rows each table has, and what they sum up to, the same on both databases
aliases      another database beside the one that serves
sqlite       SQLite's way: its online backup
postgresql   PostgreSQL's way: pg_dump and pg_restore
saving       from the database that serves to a file
restoring    from a file to the database that serves, which is left alone until the new one is whole
copying      from one kind of database to the other, row by row
"""
