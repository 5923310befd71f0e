"""What a frame may say of a bloc, as strict models: its start, what is added and when, between which ends."""
