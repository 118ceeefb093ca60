"""A photo in its own window, taken out of the record or off the disk only to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from desktop.widgets.looks import button, column, label, row

LARGEST = QSize(960, 600)
PDF = "这一份是 PDF 扫描件，不能在这里显示；原件保存在档案里。"


class PhotoView(QDialog):
    """The picture scaled into the window; where there is none, ``instead`` says why."""

    def __init__(
        self, image: QImage, parent: QWidget | None = None, *, title: str = "张贴照片", instead: str = PDF
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.picture = label("", "", self)
        if image.isNull():
            self.picture.setText(instead)
        else:
            fitting = image.size().scaled(LARGEST.boundedTo(image.size()), Qt.AspectRatioMode.KeepAspectRatio)
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(QPixmap.fromImage(image.scaled(fitting, kept, smooth)))
        shut = button("关闭", "plain", self)
        shut.clicked.connect(self.accept)
        foot, whole = row(), column(self, 12, 16)
        foot.addStretch(1)
        foot.addWidget(shut)
        whole.addWidget(self.picture)
        whole.addLayout(foot)
