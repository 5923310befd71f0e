"""What one run of the program is: limits, locations, extras, interrupts, ledger, manifest, verification."""
