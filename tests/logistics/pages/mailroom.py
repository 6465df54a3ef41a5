"""What the tests of the mailroom's pages share."""

from uuid import uuid4

from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import DAY, World

PASSWORD = "a password for two"

__all__ = ["PASSWORD", "act", "client_of", "give_password", "hidden_key", "nobody_else", "text_of"]


def act(**typed) -> dict:
    """What the form of an act sends."""
    return {"key": str(uuid4()), "day": DAY.isoformat(), **typed}


def give_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def nobody_else(world: World, address: str) -> bool:
    """Whether those who may not are answered as if there were no such page, and a stranger to the hub too."""
    others = (world.translator, world.coordinator, world.worker, world.next_volunteer)
    return {client_of(user).get(address).status_code for user in others} == {404}


def hidden_key(response) -> str:
    return str(response.context["form"]["key"].value())
