"""From files as received to published tables. Plain arguments only: nothing here reads a setting or the
clock."""
