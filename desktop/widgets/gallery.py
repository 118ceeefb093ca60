"""A wall of small pictures with words below each: what it shows, why it lies where it lies, what is wrong with it.

Several are chosen as in a file window (Ctrl, Shift, a frame drawn with the mouse); the words carry the message, the tone only helps the eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.widgets.colours import Tone, scheme
from desktop.widgets.editor import ENTER
from desktop.widgets.pill import paint_pill

THUMB = QSize(170, 104)
"""Room of a picture; thumbnails are kept somewhat larger for screens set to 150 %."""
_PAD, _GAP = 8, 6
_ITEM = int(Qt.ItemDataRole.UserRole) + 1
_INK: dict[Tone, str] = {"": "quiet", "pine": "pine", "ochre": "ochre", "red": "red", "grey": "quiet"}
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture: ``key`` is handed back, ``title`` stands below it, then ``lines`` with their tones; ``tag`` is a pill in its corner.

    Without an ``image`` the tile shows ``blank`` in its place (PDF).
    """

    key: object
    title: str
    lines: Sequence[tuple[str, Tone]] = ()
    image: QImage | None = None
    blank: str = "PDF"
    tag: str = ""
    tone: Tone = ""
    tip: str = ""

    @property
    def words(self) -> str:
        """What is read aloud and copied."""
        return "，".join(part for part in (self.tag, self.title, *(text for text, _ in self.lines)) if part)


class _Tiles(QAbstractListModel):
    """The tiles of a wall."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tiles: tuple[Tile, ...] = ()

    def show(self, tiles: Sequence[Tile]) -> None:
        self.beginResetModel()
        self.tiles = tuple(tiles)
        self.endResetModel()

    def change(self, tiles: Sequence[Tile]) -> None:
        """The same keys in the same order, drawn anew without losing what is chosen."""
        self.tiles = tuple(tiles)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.tiles) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.tiles)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        tile = self.tiles[index.row()]
        if role == _ITEM:
            return tile
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return tile.words
        return tile.tip or None if role == Qt.ItemDataRole.ToolTipRole else None


class _Painter(QStyledItemDelegate):
    """Draws a tile: frame, picture, title, lines."""

    def __init__(self, lines: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(option.font).height()  # type: ignore[attr-defined]
        high = THUMB.height() + _PAD * 2 + _GAP + line * (1 + self.lines)
        return QSize(THUMB.width() + 2 * _PAD + _GAP, high + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile = index.data(_ITEM)
        if not isinstance(tile, Tile):
            return
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        box: QRect = option.rect.adjusted(2, 2, -_GAP, -_GAP)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, box, tile, state)
        room = QRect(box.left() + _PAD, box.top() + _PAD, THUMB.width(), THUMB.height())
        self._picture(painter, room, tile)
        font: QFont = option.font  # type: ignore[attr-defined]
        self._words(painter, QRect(room.left(), room.bottom() + _GAP, room.width(), 0), tile, font)
        painter.restore()

    def _frame(self, painter: QPainter, box: QRect, tile: Tile, state: QStyle.StateFlag) -> None:
        colours = scheme()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        line = "pine" if chosen else "red" if tile.tone == "red" else "line"
        painter.setPen(QPen(colours.colour(line), 2 if chosen else 1))
        painter.setBrush(colours.colour("select" if chosen else "sheet"))
        painter.drawRoundedRect(box, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.colour("ink"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 4, 4)

    def _picture(self, painter: QPainter, room: QRect, tile: Tile) -> None:
        colours = scheme()
        painter.fillRect(room, colours.colour("shade"))
        if tile.image is not None and not tile.image.isNull():
            size = tile.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, tile.image)
        else:
            painter.setPen(colours.colour("quiet"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, tile.blank)
        if tile.tag:
            paint_pill(painter, QRect(room.left() + 4, room.top() + 4, room.width() - 8, 20), tile.tag, tile.tone)

    def _words(self, painter: QPainter, at: QRect, tile: Tile, font: QFont) -> None:
        colours, metrics = scheme(), QFontMetrics(font)
        at.setHeight(metrics.height())
        middle = Qt.TextElideMode.ElideMiddle
        painter.setFont(font)
        painter.setPen(colours.colour("ink"))
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(tile.title, middle, at.width()))
        if len(tile.lines) == 1:
            self._sentence(painter, at, *tile.lines[0])
            return
        for text, tone in tuple(tile.lines)[: self.lines]:
            at.translate(0, metrics.height())
            painter.setPen(colours.colour(_INK[tone]))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, at.width())
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft, shown)

    def _sentence(self, painter: QPainter, at: QRect, text: str, tone: Tone) -> None:
        """A single line may be long: it takes the room of all; what is longer still ends in dots, and the tip says it whole."""
        room = QRect(at.left(), at.bottom() + 1, at.width(), at.height() * self.lines)
        painter.setPen(scheme().colour(_INK[tone]))
        painter.drawText(room, _WRAPPED, fitted(text, painter.fontMetrics(), room))


def fitted(text: str, metrics: QFontMetrics, room: QRect) -> str:
    """As much of a sentence as the room shows, its lines broken where Chinese may be broken."""
    shown = text
    while len(shown) > 1 and metrics.boundingRect(room, _WRAPPED, shown).height() > room.height():
        shown = shown.removesuffix("…")[:-1] + "…"
    return shown


class Gallery(QListView):
    """``lines`` is how many lines stand below each title.

    Signals: ``chosen(keys)`` another choice; ``opened(key)`` Enter or double click; ``removed(keys)`` Delete.
    """

    chosen = Signal(object)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = _Tiles(self)
        self.setModel(self._tiles)
        self.setItemDelegate(_Painter(lines, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("clear", True)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.doubleClicked.connect(self._on_opened)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other tiles; what is chosen stays chosen by its key."""
        kept = set(self.chosen_keys())
        if [tile.key for tile in tiles] == [tile.key for tile in self._tiles.tiles]:
            if tiles:
                self._tiles.change(tiles)
            return
        self._tiles.show(tiles)
        self.choose([tile.key for tile in tiles if tile.key in kept])

    def tiles(self) -> tuple[Tile, ...]:
        """All tiles as shown."""
        return self._tiles.tiles

    def chosen_keys(self) -> list[object]:
        """Keys of the chosen tiles in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._tiles.tiles[row].key for row in rows]

    def choose(self, keys: Sequence[object]) -> None:
        """Choose exactly these."""
        model, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        model.clearSelection()
        for row, tile in enumerate(self._tiles.tiles):
            if tile.key in keys:
                model.select(self._tiles.index(row, 0), flag.Select)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            self._on_opened(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.chosen_keys():
            self.removed.emit(self.chosen_keys())
        else:
            super().keyPressEvent(event)

    def _on_selection(self) -> None:
        self.chosen.emit(self.chosen_keys())

    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self._tiles.tiles[index.row()].key)
