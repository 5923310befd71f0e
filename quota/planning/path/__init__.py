"""The way to the deadline: who leaves when, which units meet their norm, the fewest moves and recruits."""
