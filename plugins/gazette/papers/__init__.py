"""What the team reads, prints and signs: forms, registers, reports, lines to hand over; never published."""
