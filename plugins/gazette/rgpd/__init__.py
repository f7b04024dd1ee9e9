"""The gate: ``Entry`` → ``Cleared``; one rule a file, closed by default."""
