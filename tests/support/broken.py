"""Breaks one function of ours for a while, as a mistake that nobody foresaw would."""

from contextlib import contextmanager

INSIDE = "/srv/inside/guard.py"


class Broken(Exception):
    """Something that nobody foresaw."""


def breaks(*_, **__):
    raise Broken(f"secret inside of {INSIDE}")


@contextmanager
def broken(*places, instead=breaks):
    """Put something else in the place of functions, each given by its owner and its name, until the block ends."""
    before = [(owner, name, getattr(owner, name)) for owner, name in places]
    for owner, name in places:
        setattr(owner, name, instead)
    try:
        yield
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)
