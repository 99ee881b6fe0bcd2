"""What files say, read once and remembered by digest: a service's own cache, and no projection."""

from shared.contents.contents import PAGE_END, Content, Contents
from shared.contents.readings import Read, Readings

__all__ = ["PAGE_END", "Content", "Contents", "Read", "Readings"]
