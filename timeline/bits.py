"""A set of positions as a whole number: one bit for each."""


def bits_of(positions, size):
    held = bytearray(size // 8 + 1)
    for position in positions:
        held[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(held, "little")
