"""The people of a World at browsers: they can sign in, and each gets a window when they are first needed."""

from collections.abc import Callable
from functools import cached_property

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from logistics import codes
from logistics.models import Bundle, User
from tests import factories
from tests.browser.story import acts
from tests.browser.story.person import Person
from tests.world import World

PASSWORD = "a password for the walk"


class Cast:
    """Everybody of one World, and the acts that most walks begin with."""

    def __init__(self, world: World, open_window: Callable[[], BrowserContext], address: str) -> None:
        self.world, self.address, self._open_window = world, address, open_window
        self.case, self.hub = world.case.shown_name, world.hub.name
        world.worker.code = "P-001"  # without a code on papers nobody can be sent anything
        world.worker.save()

    def person(self, user: User) -> Person:
        """Signed in already, so that a walk begins at home; the story signs in by the form."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        window = self._open_window()
        window.add_cookies([cookie])
        person = Person(window, user.username)
        person.page.goto("/")
        return person

    @cached_property
    def volunteer(self) -> Person:
        return self.person(self.world.volunteer)

    @cached_property
    def next_volunteer(self) -> Person:
        return self.person(self.world.next_volunteer)

    @cached_property
    def translator(self) -> Person:
        return self.person(self.world.translator)

    @cached_property
    def approver(self) -> Person:
        return self.person(self.world.approver)

    @cached_property
    def worker(self) -> Person:
        return self.person(self.world.worker)

    @cached_property
    def team(self) -> Person:
        return self.person(self.world.team)

    @cached_property
    def witness(self) -> acts.Witness:
        """Not at a window: whoever seals hands them the page, and they type their password."""
        self.world.witness.set_password(PASSWORD)
        self.world.witness.save()
        return acts.Witness(self.world.witness.username, PASSWORD)

    def count(self, pieces: int) -> str:
        """A bundle, counted in a batch of its own; its code."""
        name = f"Evening with {pieces}"
        collection = factories.make_solidarity_collection(self.world.case, letters=pieces)
        collection.event = name
        collection.save()
        batch = acts.receive(self.volunteer, f"{name}, Norway")
        (code,) = acts.count(self.volunteer, batch, self.case, pieces)
        return code

    def summarise(self, code: str) -> None:
        acts.write(self.translator, code)
        acts.approve(self.approver, code)

    def ready(self, pieces: int) -> str:
        code = self.count(pieces)
        acts.screen(self.volunteer, code)
        self.summarise(code)
        return code

    def send(self, *bundles: str) -> tuple[str, str]:
        """To the case worker; the shipment's number and the bag's code."""
        return acts.send(self.volunteer, self.witness, self.hub, *bundles, worker=self.world.worker.code)


def bundle(code: str) -> Bundle:
    return Bundle.objects.get(label__code=codes.normalise(code))
