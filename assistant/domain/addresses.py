"""Addresses of the network, as far as limits care: who may be one and the same caller."""

from ipaddress import IPv6Address, ip_address


def caller_of(address: str) -> str:
    """Return what an address is counted by: itself, or the network of 2^64 that one subscriber of IPv6 has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else f"{parsed.packed[:8].hex()}::"
