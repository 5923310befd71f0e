"""The work to be done and who does it: fields, positions, people on loan."""
