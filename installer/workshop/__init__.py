"""The developers' verbs: check, test, bench, lock."""
