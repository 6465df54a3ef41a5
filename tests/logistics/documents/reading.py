"""Reads a PDF back: its text, its pages, its symbols, and what it says of itself."""

import io

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

DOTS_PER_INCH = 200
"""As a good phone or a cheap scanner sees the paper."""


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def page_count(pdf: bytes) -> int:
    return len(reader(pdf).pages)


def text(pdf: bytes) -> str:
    """All words of all pages, one space between them."""
    return " ".join(" ".join(page.extract_text() for page in reader(pdf).pages).split())


def page_texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def paper(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page, in millimetres."""
    box = reader(pdf).pages[0].mediabox
    return round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)


def fonts(pdf: bytes) -> set[str]:
    """The names of the fonts that its pages use, without the tag of the subset."""
    used = [page["/Resources"]["/Font"] for page in reader(pdf).pages]
    return {font["/BaseFont"].partition("+")[2] for each in used for font in each.values()}


def symbols(pdf: bytes, page: int = 0) -> list[zxingcpp.Barcode]:
    """The QR symbols on one page as it is printed."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(scale=DOTS_PER_INCH / 72).to_pil().convert("L")
    return zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)


def picture(pdf: bytes, page: int = 0) -> Image.Image:
    """One page as it is printed, in grey."""
    return pypdfium2.PdfDocument(pdf)[page].render(scale=DOTS_PER_INCH / 72).to_pil().convert("L")


def read(image: Image.Image) -> list[zxingcpp.Barcode]:
    """The QR symbols in a picture."""
    return zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)


def ink(pdf: bytes) -> tuple[float, float]:
    """Where the first page is printed: the leftmost and the rightmost of it, in millimetres from the left."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=DOTS_PER_INCH / 72).to_pil().convert("L")
    left, _top, right, _bottom = ImageOps.invert(picture).point(lambda value: 255 * (value > 127)).getbbox()
    return left * 25.4 / DOTS_PER_INCH, right * 25.4 / DOTS_PER_INCH


def photocopied(picture: Image.Image) -> Image.Image:
    """The copy of a copy: each time a little smaller and askew, blurred, and then black or white at 200 dpi."""
    for angle, size in ((0.7, 0.99), (-0.5, 0.985)):
        width, height = picture.size
        small = picture.convert("L").rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=255)
        small = small.resize((round(width * size), round(height * size)), Image.Resampling.BILINEAR)
        picture = small.filter(ImageFilter.GaussianBlur(0.7)).point(lambda value: 255 * (value > 140)).convert("1")
    return picture


def missing_glyphs(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the renderer said of letters that no font has; each was drawn as an empty box."""
    return [record.getMessage() for record in caplog.records if ".notdef" in record.getMessage()]
