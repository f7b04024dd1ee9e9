"""Every message of Gazette, read in its source and told as a page."""
