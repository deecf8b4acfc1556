"""The licensing port over HTTP: another instance's licensing backend, used as if it were here.

What lives here: the client and the reading of its answers. What may not: rules, storage. The only home of HTTPX and msgspec.
"""

from assistant.licensing.remote.client import RemoteLicensing

__all__ = ["RemoteLicensing"]
