"""What travels between the programs: hello, commands, replies, sync, views. JSON of strict, frozen models."""
