"""Just enough of the OLE container (MS-CFB) to tell an encrypted workbook from an old one and to find its stream."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFC


class Container:
    """An OLE file's streams by name. Raises ValueError where the container is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._read()
        except (struct.error, IndexError) as error:
            raise ValueError("broken OLE container") from error

    def _read(self) -> None:
        head = self._data
        self._size = 1 << struct.unpack_from("<H", head, 30)[0]
        self._small_size = 1 << struct.unpack_from("<H", head, 32)[0]
        first_directory, _, self._cutoff, first_small = struct.unpack_from("<IIII", head, 48)
        difat_next, difat_count = struct.unpack_from("<II", head, 68)
        if self._size not in (512, 4096):
            raise ValueError("sector size")
        tables = list(struct.unpack_from("<109I", head, 76))
        for _ in range(min(difat_count, 1000)):
            block = struct.unpack(f"<{self._size // 4}I", self._sector(difat_next))
            tables.extend(block[:-1])
            difat_next = block[-1]
        self._fat: list[int] = []
        for table in tables:
            if table < _END:
                self._fat.extend(struct.unpack(f"<{self._size // 4}I", self._sector(table)))
        directory = self._chain(first_directory)
        self._entries: dict[str, tuple[int, int]] = {}
        root = (0, 0)
        for at in range(0, len(directory) - 127, 128):
            length = struct.unpack_from("<H", directory, at + 64)[0]
            kind = directory[at + 66]
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == 5:
                root = (start, size)
            elif kind == 2:
                self._entries[name] = (start, size)
        small = self._chain(first_small) if first_small < _END else b""
        self._small_fat = struct.unpack(f"<{len(small) // 4}I", small)
        self._small = self._chain(root[0])[: root[1]] if root[0] < _END else b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size].ljust(self._size, b"\xff")

    def _chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number < _END and len(found) <= len(self._fat):
            found.append(self._sector(number))
            number = self._fat[number]
        return b"".join(found)

    def names(self) -> set[str]:
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of one stream."""
        start, size = self._entries[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        parts: list[bytes] = []
        while start < _END and len(parts) <= len(self._small_fat):
            at = start * self._small_size
            parts.append(self._small[at : at + self._small_size])
            start = self._small_fat[start]
        return b"".join(parts)[:size]
