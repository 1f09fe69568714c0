"""What QML sees: typed objects with read-only properties; changes come in through slots."""
