"""Commands that hand results on: report, bulk, verify."""
