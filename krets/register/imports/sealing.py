"""The raw file while it lies here: packed, cut into pieces and sealed, each for its own place."""

import zlib

from krets.kit.secrets import open_bytes, seal_bytes
from krets.register.imports.models import ImportPart

PIECE = 2**20
# Quick rather than small: texts shrink to a third, workbooks are packed already.
_PACKING = 1


def sealed_pieces(file, *, key):
    """Return the file, read from its beginning, as sealed pieces bound to the import's key."""
    file.seek(0)
    packer = zlib.compressobj(_PACKING)
    packed = bytearray()
    while data := file.read(PIECE):
        packed += packer.compress(data)
    packed += packer.flush()
    pieces = [bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE)]
    last = len(pieces) - 1
    return [
        seal_bytes(piece, place=_place(key, number, last)) for number, piece in enumerate(pieces)
    ]


def opened(importing):
    """Return the whole file of an import as bytes, or None where it is gone."""
    parts = ImportPart.objects.filter(importing=importing).order_by("number")
    sealed = list(parts.values_list("sealed", flat=True))
    if not sealed:
        return None
    last = len(sealed) - 1
    packed = b"".join(
        open_bytes(piece, place=_place(importing.key, number, last))
        for number, piece in enumerate(sealed)
    )
    return zlib.decompress(packed)


def _place(key, number, last):
    # The last number is bound in too, so that a file cut short does not open.
    return f"register_importpart.sealed:{key}:{number}:{last}"
