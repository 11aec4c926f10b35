"""Draws a QR code of the word given and reads it with the program's own reader."""

import sys

import zxingcpp

from signalos_desktop.adapters.qr_picture import GreyPicture, read_qr

code = zxingcpp.create_barcode(sys.argv[1], zxingcpp.BarcodeFormat.QRCode)
image = memoryview(zxingcpp.write_barcode_to_image(code, scale=4))
height, width = image.shape
sys.stdout.buffer.write(read_qr(GreyPicture(width, height, width, image.tobytes())))
