"""What a desk shows and allows now: pure functions of what the server last said. No Qt, no clock, no sockets."""
