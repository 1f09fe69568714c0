"""The hall in one thread: real rules, ledgers and server under a clock, a network and disks that a seed owns."""
