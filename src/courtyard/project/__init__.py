"""project: settings, root URLs, middleware, shared templates and static files; imports everything, decides nothing."""
