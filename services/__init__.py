"""One folder a service; none imports another, but `audit`, which must know every rule."""
