"""A PDF on the person's own printer."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_MOST_DOTS = 300
"""Dots an inch that pages are drawn with: more is slow and shows nothing."""

_POINTS = 72


def ask_and_print(parent: QWidget, file: Path) -> bool:
    """Show the system's print dialog and print; False when the person changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    with pypdfium2.PdfDocument(file) as document:
        pages = len(document)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    print_pdf(file, printer)
    return True


def print_pdf(file: Path, printer: QPrinter) -> None:
    """Print the pages that the printer is set to, each as large as the paper lets it be."""
    painter = QPainter()
    with pypdfium2.PdfDocument(file) as document:
        first = printer.fromPage() or 1
        last = printer.toPage() or len(document)
        painter.begin(printer)
        for number in range(first, min(last, len(document)) + 1):
            if number > first:
                printer.newPage()
            _paint(painter, document[number - 1], printer)
        painter.end()


def _paint(painter: QPainter, page: pypdfium2.PdfPage, printer: QPrinter) -> None:
    paper = printer.pageRect(QPrinter.Unit.DevicePixel)
    dots = min(printer.resolution(), _MOST_DOTS)
    bitmap = page.render(scale=dots / _POINTS, rev_byteorder=True, prefer_bgrx=True)
    image = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGBX8888,
    )
    size = image.size().scaled(paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(
        (paper.width() - size.width()) / 2,
        (paper.height() - size.height()) / 2,
        size.width(),
        size.height(),
    )
    painter.drawImage(place, image)
