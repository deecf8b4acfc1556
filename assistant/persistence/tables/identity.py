"""Users, second factors, sessions, throttles and security events."""
