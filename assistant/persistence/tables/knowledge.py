"""Documents, entries, versions, publications, facts and gaps."""
