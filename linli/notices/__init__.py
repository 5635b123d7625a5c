"""Messages to staff and residents: in the app, by mail and through plugs, with a log of each."""
