"""From source to a running hall: set-up, first data, rehearsal, the workshop. The only room above all others."""
