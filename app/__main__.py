"""Serve the app: `python -m app`, with Streamlit's options."""

import sys
from pathlib import Path

from streamlit.web import cli

from app import ahead


def main() -> None:
    """Start the server, and beside it what its first page needs."""
    ahead.start()
    page = str(Path(__file__).with_name("main.py"))
    cli.main(["run", page, *sys.argv[1:]], prog_name="streamlit")


if __name__ == "__main__":
    main()
