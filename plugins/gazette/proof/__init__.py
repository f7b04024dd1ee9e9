"""Files → ``Proofed``: reads the printed files back, as a reader or a spy would."""
