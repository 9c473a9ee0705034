"""Starts the command line: `python -m touchrules`."""

from touchrules.cli.main import main

if __name__ == "__main__":
    main()
