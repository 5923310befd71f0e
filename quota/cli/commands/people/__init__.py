"""Commands about people: fields, secondments, plan, progress."""
