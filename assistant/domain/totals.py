"""What a change does to the partner's total and its user band.

The band is taken over the whole partner (cited as ``user_band``); a month counts its highest number of seats (cited as
``month_peak``), so that fewer seats never make the running month cheaper.
"""

from collections.abc import Mapping

from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.situations import Situation


def totals(situation: Situation, total_after: int) -> dict[str, QuoteValue]:
    """Return the partner's chargeable seats and bands before and after a change."""
    band = situation.catalogue.band
    return {
        "total_before": situation.total,
        "total_after": total_after,
        "band_before": band(situation.total, situation.today).label,
        "band_after": band(total_after, situation.today).label,
    }


def band_consequences(values: Mapping[str, QuoteValue], situation: Situation) -> tuple[Consequence, ...]:
    """Tell whether the band moves and, where the total falls, what the running month still counts; nothing if it stays."""
    before, after = values["total_before"], values["total_after"]
    assert isinstance(before, int)
    assert isinstance(after, int)
    if before == after:
        return ()
    found = (_band(values, situation),)
    if after > before:
        return found
    seats = {"seats": situation.customer.chargeable(situation.today)}
    return (
        *found,
        Consequence(ConsequenceCode.MONTH_PEAK, seats, situation.policy.cite("month_peak")),
    )


def _band(values: Mapping[str, QuoteValue], situation: Situation) -> Consequence:
    before, after = values["band_before"], values["band_after"]
    cites = situation.policy.cite("user_band")
    if before == after:
        return Consequence(ConsequenceCode.BAND_STAYS, {"band": after}, cites)
    return Consequence(ConsequenceCode.BAND_CHANGES, {"band_before": before, "band_after": after}, cites)
