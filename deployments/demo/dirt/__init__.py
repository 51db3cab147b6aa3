"""What is wrong with the files: rows spoiled, doubled or about nobody, odd cells, whole files refused.

Bad rows are extra ones about persons, households and villages that do not exist, or planned ones about
planted households; so nothing that is true of the ordinary city is lost, and the letter stays what it is.
"""
