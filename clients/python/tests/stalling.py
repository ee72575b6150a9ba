"""A proxy that stands between a client and its server, and stops passing anything on when it is told to."""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType


class Stalling:
    """For connections to a server."""

    def __init__(self, address: str, slow: float = 0) -> None:
        """Connections stand after so many seconds."""
        self._slow = slow
        host, port = address.rsplit(":", 1)
        self._server = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self._passing = threading.Event()
        self._passing.set()
        self._counted = threading.Condition()
        self._bytes = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def stall(self) -> None:
        """The connections stay open, and nothing gets through any more."""
        self._passing.clear()

    def sent(self, more: int) -> bool:
        """Waits until the client has sent so many bytes more; False when that takes too long."""
        with self._counted:
            wanted = self._bytes + more
            return self._counted.wait_for(lambda: self._bytes >= wanted, 20)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            time.sleep(self._slow)
            far = socket.create_connection(self._server)
            self._sockets += [near, far]
            threading.Thread(target=self._pass_on, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(far, near, False), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        try:
            while data := source.recv(65536):
                if counts:
                    with self._counted:
                        self._bytes += len(data)
                        self._counted.notify_all()
                if self._passing.is_set():
                    target.sendall(data)
        except OSError:
            pass  # the connection has ended

    def __enter__(self) -> Stalling:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for each in [self._listener, *self._sockets]:
            each.close()
