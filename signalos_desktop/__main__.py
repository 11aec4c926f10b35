"""`python -m signalos_desktop` is `signalos-desktop`."""

import sys

from signalos_desktop.app.main import main

if __name__ == "__main__":
    sys.exit(main())
