"""What if: scenarios and what they give, which unit came from which, proposals."""
