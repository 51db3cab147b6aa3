"""From a department's first file to a draft of its contract, for a person to finish.

What is kept of the file are its header's words, counts, the earliest and latest date, and the values of columns
that have few and name nobody. A draft is a guess: `Learned.notes` says what to look at by hand.
"""

from warehouse.learning.feed import Learned, NotLearnable, learned

__all__ = ["Learned", "NotLearnable", "learned"]
