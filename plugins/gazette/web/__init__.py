"""Moderating in a browser, on this computer alone: one page a dépêche, and a server that nobody else can talk to."""
