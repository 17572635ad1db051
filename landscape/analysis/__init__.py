"""The rules, as pure functions: tables in, tables out. No files, no clock, no drawing."""
