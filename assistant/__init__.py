"""MSP Assistant: exact answers about MSP licensing and guided licence changes.

The layers, from the inside out: ``domain`` (values and rules), ``ports`` (what the parts promise each
other), the sibling adapters (``conversation``, ``licensing``, ``access``, ``knowledge``, ``persistence``,
``system``, ``config``), ``workflows`` (one declaration a file), ``bootstrap`` (wiring), and the doors
``cli`` and ``web``. Nothing imports outwards.
"""
