"""The floor: the night's work as one hand-written DuckDB script, for the engine to be measured against.

It reads an inbox, asks every row all row expectations, holds bad rows and counts per delivery how many rows break
each expectation, settles deliveries, answers eight indicators and rebuilds the table of policy landing. It shares
no line with the engine: no contracts, no ledger, no history, no evidence, no tokens.
"""
