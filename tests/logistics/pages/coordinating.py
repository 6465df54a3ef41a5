"""What the tests of the coordinator's pages share."""

from uuid import uuid4

from django.test import Client

from tests import factories

COORDINATOR = "coordinator"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def coordinator() -> Client:
    return client_of(factories.make_user(COORDINATOR))


def text_of(response) -> str:
    return response.content.decode()


def hidden_from_others(address: str) -> bool:
    """Whether a translator and somebody without a role are answered as if there were no such page."""
    strangers = (factories.make_user("translator"), factories.make_user())
    return {client_of(user).get(address).status_code for user in strangers} == {404}


def sent(**typed) -> dict:
    return {"key": str(uuid4()), **typed}
