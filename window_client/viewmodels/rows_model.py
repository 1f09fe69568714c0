"""A list of tickets for QML that keeps its place: only what changed is told, so that a long list never jumps."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtQml import QmlElement

from window_client.desk.waiting import Row
from window_client.viewmodels.plain import plain

QML_IMPORT_NAME = "window_client.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1
_ROW = int(Qt.ItemDataRole.UserRole) + 1
_NOWHERE = QModelIndex()


@QmlElement
class RowsModel(QAbstractListModel):
    """The rows of the list shown; each is one role `row`, a map of the fields of `Row`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: D102 - of Qt
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _ROW) -> Any:  # noqa: D102 - of Qt
        return plain(self._rows[index.row()]) if index.isValid() and role == _ROW else None

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: D102 - of Qt
        return {_ROW: QByteArray(b"row")}

    def show(self, rows: tuple[Row, ...]) -> None:
        """Turn the list shown into these rows, telling only the differences."""
        wanted = {row.ticket for row in rows}
        for place in reversed(range(len(self._rows))):
            if self._rows[place].ticket not in wanted:
                self.beginRemoveRows(_NOWHERE, place, place)
                del self._rows[place]
                self.endRemoveRows()
        for place, row in enumerate(rows):
            self._put(place, row)

    def _put(self, place: int, row: Row) -> None:
        present = next((i for i in range(place, len(self._rows)) if self._rows[i].ticket == row.ticket), None)
        if present is None:
            self.beginInsertRows(_NOWHERE, place, place)
            self._rows.insert(place, row)
            self.endInsertRows()
            return
        if present != place:
            self.beginMoveRows(_NOWHERE, present, present, _NOWHERE, place)
            self._rows.insert(place, self._rows.pop(present))
            self.endMoveRows()
        if self._rows[place] != row:
            self._rows[place] = row
            index = self.index(place)
            self.dataChanged.emit(index, index, [_ROW])
