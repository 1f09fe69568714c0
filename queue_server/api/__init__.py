"""The server's addresses: who may come in, what is read, what is answered. OpenAPI is the integrators' document."""
