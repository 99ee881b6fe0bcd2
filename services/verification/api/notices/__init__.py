"""What agencies are told of their dossiers: a feed, webhooks, mail."""
