"""The files as received: found, named, kept byte by byte, and read into a table of text."""
