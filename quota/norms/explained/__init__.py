"""How a unit's posts come about, step by step."""
