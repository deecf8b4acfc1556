"""Conversations, their events, stored replies and tasks."""
