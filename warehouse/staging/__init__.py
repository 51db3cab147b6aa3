"""From tables of text to typed Parquet, one file a delivery, every row with the bits of what is wrong with it.

Columns of a staged file: `delivery_id`, `line`, the feed's columns typed, for each its `__unread` text, for
person numbers `__key` and `__fault`, `copies` (rows of the file with its key), and `wrong` (one bit a check
of
`expectations.conditions.checks_of`). Rows that repeat another to the letter are left out and counted.
"""
