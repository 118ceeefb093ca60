"""`python -m desktop.tour OUT`: play the tour and leave pictures, papers, ledger and summary in a folder."""

from __future__ import annotations

import sys

from desktop.tour.command import main

sys.exit(main(sys.argv[1:]))
