"""Reading tables of units and staff: cells in, values and every problem out."""
