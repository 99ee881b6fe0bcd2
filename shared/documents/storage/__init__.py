"""The one door to S3: the only package that imports minio."""

from shared.documents.storage.client import CONNECTIONS, Storage
from shared.documents.storage.values import Connection, Lock, Place

__all__ = ["CONNECTIONS", "Connection", "Lock", "Place", "Storage"]
