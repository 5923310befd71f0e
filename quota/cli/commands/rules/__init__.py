"""Commands about what is shipped: rules, data."""
