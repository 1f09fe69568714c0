"""The phone page on a host that the city runs: fed by the hall, keeps nothing on disk and nothing after the day."""
