"""Partners, customers, subscriptions, licences, commands and the audit chain."""
