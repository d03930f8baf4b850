"""HTTP/1.1 responses from bytes as they arrive: the framing is read, and every byte is kept as it came (RFC 9112)."""

from collections.abc import Callable
from dataclasses import dataclass, field

# Heads of real servers stay under 20 KB; a longer one is an attack on the memory of the reader.
MAX_HEAD_BYTES = 256 * 2**10
# A chunk-size line with extensions; longer ones are not sizes.
MAX_CHUNK_LINE_BYTES = 4096
NO_BODY = frozenset({204, 304})


class ProtocolError(ValueError):
    """The bytes are not an HTTP/1.1 response; the message says where."""


@dataclass
class ResponseReader:
    """Read one response: `feed` bytes until `done`, or call `end` where the connection closes.

    `raw` holds every byte received, `payload` the body without its transfer framing, `headers` name and value in the
    order received. `excess` counts bytes that followed the end of the response.
    """

    method: str = "GET"
    raw: bytearray = field(default_factory=bytearray)
    payload: bytearray = field(default_factory=bytearray)
    status: int | None = None
    reason: bytes = b""
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    done: bool = False
    excess: int = 0
    version: bytes = b""
    _position: int = 0
    _left: int | None = None
    _step: Callable[[], bool] | None = None

    def feed(self, data: bytes) -> None:
        """Take *data*; raise ProtocolError where it is not a response."""
        self.raw += data
        step = self._step or self._read_head
        while not self.done and step():
            step = self._step or self._read_head
        if self.done:
            self.excess = len(self.raw) - self._position

    def end(self) -> bool:
        """Say whether the response is whole now that the connection is closed."""
        if self._step == self._read_until_close:
            self.done = True
        return self.done

    def header(self, name: bytes) -> bytes | None:
        """Return the value of the first header called *name*, in lower case, or None."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def length(self) -> int | None:
        """The length that the head declares for the payload, where it declares one."""
        values = {value.strip() for key, value in self.headers if key.lower() == b"content-length"}
        if len(values) > 1:
            raise ProtocolError(f"two different lengths are declared: {sorted(values)!r}")
        value = values.pop() if values else None
        if value is not None and not value.isdigit():
            raise ProtocolError(f"the declared length {value!r} is not a number")
        return None if value is None else int(value)

    @property
    def reusable(self) -> bool:
        """Say whether the connection may carry another request."""
        connection = (self.header(b"connection") or b"").lower()
        framed = self.done and not self.excess and self._step != self._read_until_close
        return framed and self.version == b"HTTP/1.1" and b"close" not in connection

    def _line(self, limit: int) -> bytes | None:
        end = self.raw.find(b"\n", self._position)
        if end < 0 or end - self._position > limit:
            if len(self.raw) - self._position > limit:
                raise ProtocolError(f"a line is longer than {limit} bytes")
            return None
        line = bytes(self.raw[self._position : end])
        self._position = end + 1
        return line.removesuffix(b"\r")

    def _read_head(self) -> bool:
        while (line := self._line(MAX_HEAD_BYTES)) is not None:
            if self._position > MAX_HEAD_BYTES:
                raise ProtocolError(f"the head is longer than {MAX_HEAD_BYTES} bytes")
            if not self.version:
                self._read_status(line)
            elif line:
                self._read_header(line)
            elif self.status is not None and 100 <= self.status < 200:
                self.version, self.status, self.headers = b"", None, []
            else:
                self._choose_body()
                return True
        return False

    def _read_status(self, line: bytes) -> None:
        version, _, rest = line.partition(b" ")
        code, _, self.reason = rest.strip().partition(b" ")
        if not version.startswith(b"HTTP/1.") or not code.isdigit() or len(code) != 3:
            raise ProtocolError(f"the answer begins with {line[:60]!r}, which is not HTTP/1.1")
        self.version, self.status = version, int(code)

    def _read_header(self, line: bytes) -> None:
        if line[:1] in b" \t" and self.headers:
            name, value = self.headers[-1]
            self.headers[-1] = (name, value + b" " + line.strip())
            return
        name, colon, value = line.partition(b":")
        if colon:
            self.headers.append((name.strip(), value.strip()))

    def _choose_body(self) -> None:
        coding = (self.header(b"transfer-encoding") or b"identity").strip().lower()
        if self.method == "HEAD" or self.status in NO_BODY:
            self.done = True
        elif coding == b"chunked":
            self._step = self._read_chunk_size
        elif coding != b"identity":
            raise ProtocolError(f"the transfer coding {coding!r} was not asked for")
        elif (length := self.length) is None:
            self._step = self._read_until_close
        else:
            self._left = length
            self._step = self._read_counted
            self.done = length == 0

    def _take(self) -> bool:
        """Move what is there of the counted bytes to the payload; say whether all of them came."""
        part = self.raw[self._position : self._position + (self._left or 0)]
        self.payload += part
        self._position += len(part)
        self._left = (self._left or 0) - len(part)
        return self._left == 0

    def _read_counted(self) -> bool:
        self.done = self._take()
        return False

    def _read_until_close(self) -> bool:
        self.payload += self.raw[self._position :]
        self._position = len(self.raw)
        return False

    def _read_chunk_size(self) -> bool:
        line = self._line(MAX_CHUNK_LINE_BYTES)
        if line is None:
            return False
        size = line.partition(b";")[0].strip()
        if not size or size.strip(b"0123456789abcdefABCDEF"):
            raise ProtocolError(f"a chunk begins with {line[:40]!r}, which is not a size")
        self._left = int(size, 16)
        self._step = self._read_chunk if self._left else self._read_trailer
        return True

    def _read_chunk(self) -> bool:
        if not self._take():
            return False
        self._step = self._read_chunk_end
        return True

    def _read_chunk_end(self) -> bool:
        line = self._line(MAX_CHUNK_LINE_BYTES)
        if line:
            raise ProtocolError(f"a chunk ends with {line[:40]!r}, not with its line end")
        if line is not None:
            self._step = self._read_chunk_size
        return line is not None

    def _read_trailer(self) -> bool:
        line = self._line(MAX_CHUNK_LINE_BYTES)
        self.done = line == b""
        return line is not None and not self.done
