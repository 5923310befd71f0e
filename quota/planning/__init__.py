"""Plans: merger scenarios, proposed mergers, redeployment; pure functions from values to values."""
