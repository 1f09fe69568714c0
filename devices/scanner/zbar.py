"""Codes by libzbar, with exactly the bytes they hold.

`pyzbar.decode` hands out text whose encoding libzbar has guessed, mostly wrongly for Chinese. The library can leave
the bytes alone (its option "binary", since 0.23); pyzbar binds everything for it except that one constant.
"""

from ctypes import c_char_p, c_void_p, cast, string_at

from pyzbar import wrapper as zbar

from devices.scanner.opencv import Image

_BINARY = 4  # ZBAR_CFG_BINARY of zbar.h
_GREY = int.from_bytes(b"Y800", "little")
_SYMBOLOGIES = {
    zbar.ZBarSymbol.QRCODE: "QR",
    zbar.ZBarSymbol.CODE128: "Code 128",
    zbar.ZBarSymbol.EAN13: "EAN",
}


def read(image: Image) -> list[tuple[bytes, str, bool]]:
    """Every code libzbar finds.

    Args:
        image: Grey.

    Returns:
        Bytes, symbology, and whether these are surely the bytes of the symbol: an old library guesses all the same.
    """
    height, width = image.shape
    pixels = image.tobytes()
    scanner = zbar.zbar_image_scanner_create()
    picture = zbar.zbar_image_create()
    try:
        zbar.zbar_image_scanner_set_config(scanner, 0, zbar.ZBarConfig.CFG_ENABLE, 0)
        for symbology in _SYMBOLOGIES:
            zbar.zbar_image_scanner_set_config(scanner, symbology, zbar.ZBarConfig.CFG_ENABLE, 1)
        exact = zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, _BINARY, 1) == 0
        zbar.zbar_image_set_format(picture, _GREY)
        zbar.zbar_image_set_size(picture, width, height)
        zbar.zbar_image_set_data(picture, cast(c_char_p(pixels), c_void_p), len(pixels), None)
        zbar.zbar_scan_image(scanner, picture)
        found = []
        symbol = zbar.zbar_image_first_symbol(picture)
        while symbol:
            data = string_at(zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol))
            found.append((data, _SYMBOLOGIES[zbar.ZBarSymbol(symbol.contents.type)], exact or data.isascii()))
            symbol = zbar.zbar_symbol_next(symbol)
        return found
    finally:
        zbar.zbar_image_destroy(picture)
        zbar.zbar_image_scanner_destroy(scanner)
