"""Lists of people one by one, counted by unit and bloc; what names a person never leaves this package."""
