"""The verbs of the command line, by who uses them: each parses its words, calls, and prints."""
