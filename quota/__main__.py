"""`python -m quota`: the same as the command, where another `quota` (Linux's disk tool) comes first."""

from quota.cli.main import main

if __name__ == "__main__":
    main()
