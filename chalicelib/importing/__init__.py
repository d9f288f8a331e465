"""Reads what other desks export: each format is one reader, and all give the same neutral records, which one writer
writes. Nothing here knows the table: readers are given an open file."""
