"""By which rule posts were given: the rules that explain the most units of a table exactly."""
