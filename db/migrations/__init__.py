"""The record's schema through time, in literal DDL; nothing here imports the program."""
