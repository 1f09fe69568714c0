"""The whole hall on one machine before it opens: real programs, simulated devices, invented citizens."""
