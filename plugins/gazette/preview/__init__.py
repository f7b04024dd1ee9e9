"""The author’s preview on loopback: each save is built and shown, with what was found in it."""
