"""The nouns, in the standard library only: what the stages pass to one another, all of it frozen."""
