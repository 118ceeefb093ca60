"""Two programs that end as soon as they are painted: a bare QMainWindow, and ours at its log-in page.

``python -m tests.speed.windows bare|ours [RECORD]``; each prints its peak memory when the picture stands.
"""

from __future__ import annotations

import sys

from tests.speed.timing import peak_mb


def bare() -> None:
    """The least a Qt program can be."""
    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def event(self, event: QEvent) -> bool:
            done = super().event(event)
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, self, self.painted)
            return done

        def painted(self) -> None:
            tell()
            app.quit()

    app = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    app.exec()


def ours(record: str) -> None:
    """The program as it is started, up to the moment where it would go on beside the window."""
    from desktop.app import program, start

    def stop(self: program.Program) -> None:
        tell()
        self.window.leave()

    program.Program.prepare = stop  # type: ignore[method-assign]
    start.main([record])


def tell() -> None:
    """Say that the picture stands."""
    sys.stdout.write(f"{peak_mb()}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    bare() if sys.argv[1] == "bare" else ours(sys.argv[2])
