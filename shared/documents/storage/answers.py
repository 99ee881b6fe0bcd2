"""What a storage that does not answer as it should is to the rest: Unavailable."""

from collections.abc import Generator
from contextlib import contextmanager

import urllib3
from minio import S3Error
from minio.error import MinioException

from shared.errors import Unavailable


@contextmanager
def answering() -> Generator[None, None, None]:
    """Raises Unavailable for every failure of the storage within."""
    try:
        yield
    except S3Error as error:
        if error.code == "PreconditionFailed":
            raise Unavailable(
                "upload_changed", "The upload changed while it was read; try again."
            ) from error
        raise _unavailable(str(error.code)) from error
    except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
        raise _unavailable(type(error).__name__) from error


def _unavailable(reason: str) -> Unavailable:
    return Unavailable(
        "storage_unavailable", "The object storage does not answer as it should.", reason=reason
    )
