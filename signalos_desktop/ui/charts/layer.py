"""What every drawing on a chart is: a layer that covers the view and is painted anew each frame."""

import pyqtgraph as pg
from PySide6.QtCore import QRectF


class Layer(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph ships no types
    """Its bounds are the range in view as it is now; pyqtgraph's own viewRect lags behind it."""

    def area(self) -> QRectF:
        """The range in view; top is the lowest value."""
        view = self.getViewBox()
        if view is None:
            return QRectF(0, 0, 1, 1)
        (left, right), (low, high) = view.viewRange()
        return QRectF(left, low, right - left, high - low)

    def boundingRect(self) -> QRectF:
        return self.area()

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()

    def viewTransformChanged(self) -> None:
        super().viewTransformChanged()
        self.prepareGeometryChange()
