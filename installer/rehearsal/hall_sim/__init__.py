"""The hall in one thread: real rules, real ledgers, real server, under a clock, a network and disks that a seed owns."""
