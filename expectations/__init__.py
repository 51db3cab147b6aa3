"""What the departments promise, and how a promise is checked."""
