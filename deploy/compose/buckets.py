"""Makes the four buckets with versioning and locks. May be repeated."""

import asyncio

from deploy.compose.places import OBJECTS, own_setup
from deploy.local.objects import make_buckets

if __name__ == "__main__":
    asyncio.run(make_buckets(OBJECTS, own_setup().s3_admin))
