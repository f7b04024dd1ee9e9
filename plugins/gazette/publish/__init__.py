"""``Proofed`` → live: a pure plan, an atomic apply; one file a kind of target."""
