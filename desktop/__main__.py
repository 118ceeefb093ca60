"""Start the program: ``python -m desktop [RECORD]``."""

from desktop.app.start import main

raise SystemExit(main())
