"""The other end of the wire, for kiosk and window client: find the server, talk to it, lose nothing meanwhile."""
