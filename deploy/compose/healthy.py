"""Asks the program in this container how it is: exit status 0 when it answers with 200."""

import os
import sys
from http.client import HTTPConnection, HTTPException

SECONDS = 4.0


def answers(port: int, path: str) -> bool:
    asking = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        asking.request("GET", path)
        return asking.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


if __name__ == "__main__":
    sys.exit(0 if answers(int(os.environ["INDA_PORT"]), sys.argv[1]) else 1)
