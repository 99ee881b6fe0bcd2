"""What the containers need beside their programs: secrets, an entry, a replica set, buckets."""
