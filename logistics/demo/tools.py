"""What the other apps lend to the demonstration; they register it, since nothing here may import them."""

from typing import Any

from logistics import registry


def bags() -> Any:
    """Packing, sealing, dispatch and arrival: mailbags/demo.py."""
    return registry.demo_tools["mailbags"]


def words() -> Any:
    """Summaries and waivers: translations/demo.py."""
    return registry.demo_tools["translations"]
