"""The program: ``python -m fanfold``, and ``fanfold`` itself."""

import signal
import sys

from . import _fanfold


def main() -> int:
    # The program listens for itself; Python's handler would only note that there was a signal.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _fanfold.main(["fanfold", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
