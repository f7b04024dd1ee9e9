"""Cleared entries × audience × day → an edition's sheets; pure."""
