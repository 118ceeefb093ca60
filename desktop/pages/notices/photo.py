"""A photo of a posting in its own window, taken out of the record only to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from db.errors import Known
from db.services import attachments
from desktop.app.office import Office
from desktop.widgets.looks import button, column, label, row

LARGEST = QSize(960, 600)


class PhotoView(QDialog):
    """The picture scaled into the window; a PDF is said to be one."""

    def __init__(self, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("张贴照片")
        picture = QPixmap()
        self.picture = label("", "", self)
        if picture.loadFromData(content):
            kept = Qt.AspectRatioMode.KeepAspectRatio
            fitting = picture.size().boundedTo(LARGEST)
            self.picture.setPixmap(picture.scaled(fitting, kept, Qt.TransformationMode.SmoothTransformation))
        else:
            self.picture.setText("这一份是 PDF 扫描件，不能在这里显示；原件保存在档案里。")
        shut = button("关闭", "plain", self)
        shut.clicked.connect(self.accept)
        foot, whole = row(), column(self, 12, 16)
        foot.addStretch(1)
        foot.addWidget(shut)
        whole.addWidget(self.picture)
        whole.addLayout(foot)


def show_photo(office: Office, parent: QWidget, sha: str) -> None:
    """Show one kept photo; what cannot be read is announced in the window's banner."""
    try:
        content = office.see(attachments.content, sha)
    except Known as known:
        office.work.tell(known)
        return
    view = PhotoView(content, parent)
    view.exec()
    view.deleteLater()
