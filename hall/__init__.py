"""The words and rules of a service hall: pure, shared by every program, the same online and offline."""
