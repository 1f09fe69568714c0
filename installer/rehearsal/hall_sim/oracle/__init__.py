"""What the hall promises, checked from outside after every step by small models that share no code with the product."""
