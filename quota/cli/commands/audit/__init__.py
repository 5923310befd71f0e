"""Commands that judge a table: audit, explain, check, reconcile."""
