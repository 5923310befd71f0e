"""`python -m quota`: the same as the command, where another `quota` (Linux's disk tool) comes first."""

from quota.cli.main import run

if __name__ == "__main__":
    run()
