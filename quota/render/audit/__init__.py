"""The audit in each of its forms."""
