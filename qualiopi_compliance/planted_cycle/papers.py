"""Files of the demonstration: sheets that say what they are, drawn pictures."""

from base64 import b64encode
from io import BytesIO

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

WALL, FRAME, PAPER, INK = "#c9d3d8", "#6b5b4b", "#ffffff", "#5b6770"


def sheet(title, company, *lines):
    """:return: a page with these words, as the bytes of a PDF"""
    stream = BytesIO()
    page = canvas.Canvas(stream, pagesize=A4, invariant=True)
    page.setTitle(title)
    page.setFont("Helvetica", 10)
    page.drawString(56, 786, company)
    page.setFont("Helvetica-Bold", 16)
    page.drawString(56, 742, title)
    page.setFont("Helvetica", 11)
    for rank, line in enumerate(lines):
        page.drawString(56, 706 - 20 * rank, line)
    page.setFont("Helvetica-Oblique", 9)
    page.drawString(56, 48, "Document de démonstration.")
    page.save()
    return stream.getvalue()


def photo():
    """:return: a certificate in its frame on a wall, as a picture field takes it"""
    picture, draw = _blank(WALL)
    draw.rectangle((0, 318, 480, 360), fill="#a8927a")
    draw.rectangle((166, 38, 314, 246), fill=FRAME)
    _certificate(draw, 176, 48)
    return _encoded(picture)


def screenshot():
    """:return: a certificate on a page of a website, as a picture field takes it"""
    picture, draw = _blank("#eef1f3")
    draw.rectangle((0, 0, 480, 34), fill=INK)
    draw.rounded_rectangle((70, 8, 410, 26), 9, fill=PAPER)
    draw.rectangle((40, 60, 440, 84), fill=WALL)
    _certificate(draw, 176, 110)
    return _encoded(picture)


def _blank(colour):
    picture = Image.new("RGB", (480, 360), colour)
    return picture, ImageDraw.Draw(picture)


def _certificate(draw, left, top):
    draw.rectangle((left, top, left + 128, top + 188), fill=PAPER)
    draw.rectangle((left + 28, top + 18, left + 100, top + 26), fill=INK)
    for rank in range(7):
        height = top + 48 + 14 * rank
        draw.line((left + 16, height, left + 112, height), fill="#b9c2c7", width=3)
    draw.ellipse((left + 50, top + 150, left + 78, top + 178), outline=INK, width=3)


def _encoded(picture):
    stream = BytesIO()
    picture.save(stream, "PNG")
    return b64encode(stream.getvalue())
