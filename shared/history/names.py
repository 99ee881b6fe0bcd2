"""What the stream and the ways to it are called."""

STREAM = "INDA"
SUBJECTS = "inda.v1.*.*.*"
ADMIN_PREFIX = "$JS.API"
PREFIX = "JSI.API"
"""The JetStream API under the name by which a service's account imports it."""
