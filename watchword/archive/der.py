"""DER: the little of ASN.1's encoding (X.690) that time stamps need, read without trust and written in one form."""

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTET_STRING, NULL, OID = 0x02, 0x04, 0x05, 0x06
BOOLEAN, SEQUENCE, SET, GENERAL_TIME = 0x01, 0x30, 0x31, 0x18
CONTEXT_0 = 0xA0
# Lengths of time stamps fit into three bytes; a longer one is not a time stamp.
MAX_LENGTH_BYTES = 3


class DerError(ValueError):
    """The bytes are not the DER that was expected."""


@dataclass(frozen=True)
class Element:
    """One element: its tag, its content, and its bytes as they stand."""

    tag: int
    content: bytes
    raw: bytes

    def parts(self) -> list["Element"]:
        """Return the elements inside this one."""
        return list(elements(self.content))

    def expect(self, tag: int) -> "Element":
        """Return this element; raise DerError where it has another tag."""
        if self.tag != tag:
            raise DerError(f"an element has tag {self.tag:#x} where {tag:#x} belongs")
        return self


def elements(data: bytes) -> Iterator[Element]:
    """Yield the elements that follow each other in *data*; raise DerError where they do not fit."""
    position = 0
    while position < len(data):
        start = position
        if len(data) - position < 2:
            raise DerError("an element breaks off in its head")
        tag, length = data[position], data[position + 1]
        position += 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= MAX_LENGTH_BYTES or len(data) - position < count:
                raise DerError("an element states a length that cannot be")
            length = int.from_bytes(data[position : position + count])
            position += count
        if len(data) - position < length:
            raise DerError("an element is longer than what holds it")
        yield Element(tag, data[position : position + length], data[start : position + length])
        position += length


def only(data: bytes) -> Element:
    """Return the one element that *data* is; raise DerError where it is none or several."""
    found = list(elements(data))
    if len(found) != 1:
        raise DerError(f"{len(found)} elements stand where one belongs")
    return found[0]


def encode(tag: int, *parts: bytes) -> bytes:
    """Return the element *tag* around *parts*."""
    content = b"".join(parts)
    if len(content) < 0x80:
        return bytes((tag, len(content))) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def encode_integer(value: int) -> bytes:
    """Return *value*, which is not negative, as an INTEGER."""
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


def encode_oid(dotted: str) -> bytes:
    """Return an object identifier written with dots as an OBJECT IDENTIFIER."""
    first, second, *others = map(int, dotted.split("."))
    return encode(OID, b"".join(_base_128(number) for number in (40 * first + second, *others)))


def read_oid(element: Element) -> str:
    """Return the object identifier of *element*, written with dots."""
    numbers, value = [], 0
    for byte in element.expect(OID).content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    if not numbers:
        raise DerError("an object identifier is empty")
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def _base_128(number: int) -> bytes:
    pieces = [number & 0x7F]
    while number := number >> 7:
        pieces.append(number & 0x7F | 0x80)
    return bytes(reversed(pieces))
