"""Every page of the hall on a simulated Monday, as pictures."""
