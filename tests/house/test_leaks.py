"""The checks that window tests rely on must themselves notice what they promise to notice."""

import threading

import pytest
from PySide6.QtCore import QRunnable, QThread, QThreadPool, QTimer, QVariantAnimation
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from tests.helpers.dialogs import Dialogs, UnexpectedDialogError
from tests.helpers.leaks import watching


class Waiting(QRunnable):
    """A job that ends only when it is told to."""

    def __init__(self, told: threading.Event) -> None:
        super().__init__()
        self._told = told

    def run(self) -> None:
        self._told.wait()


def test_a_tidy_test_is_left_in_peace(qapp: QApplication) -> None:
    with watching() as watch:
        timer = QTimer()
        timer.start(1000)
        timer.stop()
        window = QWidget()
        window.show()
        window.close()
        window.deleteLater()
        assert watch.left() == []


def test_a_running_timer_is_named_with_its_line(qapp: QApplication) -> None:
    with watching() as watch:
        timer = QTimer()
        timer.start(60_000)
        left = watch.left()
        timer.stop()
    assert len(left) == 1
    assert "test_leaks.py" in left[0]


def test_a_running_animation_is_noticed(qapp: QApplication) -> None:
    with watching() as watch:
        animation = QVariantAnimation()
        animation.setDuration(60_000)
        animation.start()
        left = watch.left()
        animation.stop()
    assert ["animation" in sentence for sentence in left] == [True]


def test_a_running_thread_is_noticed(qapp: QApplication) -> None:
    with watching() as watch:
        thread = QThread()
        thread.start()
        left = watch.left()
        thread.quit()
        thread.wait()
    assert ["thread" in sentence for sentence in left] == [True]


def test_a_pool_job_is_noticed(qapp: QApplication) -> None:
    told = threading.Event()
    pool = QThreadPool()
    with watching() as watch:
        pool.start(Waiting(told))
        left = watch.left()
        told.set()
        pool.waitForDone()
    assert ["pool" in sentence for sentence in left] == [True]


def test_a_python_thread_is_noticed(qapp: QApplication) -> None:
    told = threading.Event()
    with watching() as watch:
        thread = threading.Thread(target=told.wait, name="forgotten")
        thread.start()
        left = watch.left()
        told.set()
        thread.join()
    assert ["forgotten" in sentence for sentence in left] == [True]


def test_a_window_is_noticed_by_its_title(qapp: QApplication) -> None:
    with watching() as watch:
        window = QWidget()
        window.setWindowTitle("农户")
        left = watch.left()
        window.deleteLater()
    assert ["农户" in sentence for sentence in left] == [True]


def test_a_dialog_without_an_answer_fails_the_test(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    Dialogs(monkeypatch)
    with pytest.raises(UnexpectedDialogError):
        QMessageBox().exec()
    with pytest.raises(UnexpectedDialogError):
        QFileDialog.getSaveFileName(None, "另存为")


def test_an_answer_is_given_to_the_dialog_it_is_meant_for(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    dialogs = Dialogs(monkeypatch)
    dialogs.answer(QMessageBox, lambda box: QMessageBox.StandardButton.Yes)
    dialogs.answer_static(QFileDialog, "getSaveFileName", ("台账.xlsx", ""))
    assert QMessageBox().exec() == QMessageBox.StandardButton.Yes
    assert QFileDialog.getSaveFileName(None, "另存为") == ("台账.xlsx", "")
    with pytest.raises(UnexpectedDialogError):
        QDialog().exec()
    assert len(dialogs.opened) == 3
