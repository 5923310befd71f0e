"""What would change: other numbers in the frame, other frames, other residents, other days."""
