"""All twins on one screen: a person lays a card, shows a QR code, pulls the paper, pulls a plug, breaks things."""
