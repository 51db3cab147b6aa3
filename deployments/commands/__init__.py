"""Every module here is a command of `ffp`, with a function of its own name. Existence is registration.

A module is imported for its help text already: heavy packages are imported inside the function.
"""
