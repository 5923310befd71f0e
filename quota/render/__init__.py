"""Turning results into text: terminal, JSON, CSV, Markdown; and putting it where it was asked for."""
