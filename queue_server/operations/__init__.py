"""What the server does, as plain functions over a store: devices, sync, commands, accounts, views, the passing day."""
