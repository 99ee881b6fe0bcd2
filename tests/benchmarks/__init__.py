"""One file a claim, each with its bare baseline beside it; `make bench` runs them all."""
