"""A verb, as a person types it and reads it: what a call means, and the words it ends with; no stage knows of it."""
