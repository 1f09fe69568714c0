"""The citizen's side: from the card to the paper, with or without a server."""
