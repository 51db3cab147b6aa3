"""The ledger (台账): what was received, how it was judged, which nights ran, what was mailed."""
