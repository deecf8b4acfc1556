"""The record of provisioned seats as a plain list: what the stored one must equal."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Span:
    """Seats of a subscription from an instant until another, or until further notice."""

    subscription_id: str
    product: str
    seats: int
    since: datetime
    until: datetime | None
    moved: int = 0

    def covers(self, instant):
        return self.since <= instant and (self.until is None or instant < self.until)

    def meets(self, since, until):
        return self.since < until and (self.until is None or self.until > since)


class SpanList:
    """Applies changes one by one."""

    def __init__(self):
        self.spans = []

    def apply(self, changes):
        kept = []
        for span in self.spans:
            if span.subscription_id in changes.closed:
                if span.since >= changes.at:
                    continue
                if span.until is None or span.until > changes.at:
                    moved = changes.closed[span.subscription_id]
                    span = replace(span, until=changes.at, moved=moved)  # noqa: PLW2901 - its next form
            elif span.subscription_id in changes.extended and (span.until is None or span.until > changes.at):
                span = replace(span, until=changes.extended[span.subscription_id])  # noqa: PLW2901 - its next form
            kept.append(span)
        opened = [Span(p.subscription_id, p.product, p.seats, p.since, p.until) for p in changes.opened]
        self.spans = kept + opened

    def total(self, now):
        return sum(span.seats for span in self.spans if span.covers(now))

    def from_now(self, now):
        return {
            (span.subscription_id, span.seats, span.until)
            for span in self.spans
            if span.until is None or span.until > now
        }

    def never_overlap(self):
        by_subscription = {}
        for span in sorted(self.spans, key=lambda s: s.since):
            last = by_subscription.get(span.subscription_id)
            if last is not None and (last.until is None or last.until > span.since):
                return False
            by_subscription[span.subscription_id] = span
        return True
