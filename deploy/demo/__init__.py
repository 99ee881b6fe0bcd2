"""`make demo`: the whole job on real input through the public APIs, and a replay to prove it."""
