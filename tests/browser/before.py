"""What has to be done by forms before a walk, so that every page has something to show that the demonstration lacks."""

from tests.browser.serving import PASSWORD, Site, environment, manage
from tests.browser.walking import Visitor

RETURNS = (
    b"Country,Date,Letters,Case\nTogo,5 June 2014,many,TR\nAtlantis,1 June 2014,3,TR\n",
    b"Country,Date,Letters,Case\nIceland,03/04/2014,120,BH\nTogo,05/06/2014,14,TR\n",
    b"Country,Date,Letters,Case\nIceland,3 April 2014,1200,BH\nTogo,5 June 2014,14,TR\n",
)
"""One that is refused, one with dates that can be read in two ways, one that is ready."""

READY = """
    SELECT label.code FROM logistics_holding holding
    JOIN logistics_place place ON place.id = holding.place_id
    JOIN logistics_hub hub ON hub.id = place.hub_id
    JOIN logistics_bundle bundle ON bundle.id = holding.bundle_id
    JOIN logistics_case kase ON kase.id = bundle.case_id
    JOIN logistics_label label ON label.id = bundle.label_id
    WHERE place.kind = 'mailroom' AND hub.code = 'north' AND holding.pieces > 0 AND kase.status = 'active'
      AND EXISTS (SELECT 1 FROM logistics_entry WHERE bundle_id = bundle.id AND step = 'screened')
      AND EXISTS (SELECT 1 FROM logistics_entry WHERE bundle_id = bundle.id AND step IN ('summarised', 'waived'))
    ORDER BY bundle.id LIMIT 1
"""
OPEN_BATCH = """
    SELECT label.code FROM logistics_batch batch JOIN logistics_label label ON label.id = batch.label_id
    JOIN logistics_hub hub ON hub.id = batch.hub_id WHERE hub.code = 'north' AND batch.closed_at IS NULL ORDER BY batch.id LIMIT 1
"""
CONFIRMED = """
    SELECT delivery.number FROM logistics_confirmation_deliveries chosen
    JOIN logistics_delivery delivery ON delivery.id = chosen.delivery_id
    JOIN logistics_place place ON place.delivery_id = delivery.id
    JOIN logistics_holding holding ON holding.place_id = place.id
    WHERE holding.pieces > 0 AND place.kind = 'close' ORDER BY delivery.id LIMIT 1
"""
MOST_BUNDLES = """
    SELECT label.code FROM logistics_bundle bundle JOIN logistics_batch batch ON batch.id = bundle.batch_id
    JOIN logistics_label label ON label.id = batch.label_id JOIN logistics_hub hub ON hub.id = batch.hub_id
    WHERE hub.code = 'north' GROUP BY label.code ORDER BY count(*) DESC, label.code LIMIT 1
"""
LEFT = """
    SELECT label.code FROM logistics_entry entry JOIN logistics_place place ON place.id = entry.to_place_id
    JOIN logistics_holding holding ON holding.place_id = place.id AND holding.bundle_id = entry.bundle_id
    JOIN logistics_act act ON act.id = entry.act_id JOIN logistics_user told ON told.id = act.by_id
    JOIN logistics_bundle bundle ON bundle.id = entry.bundle_id JOIN logistics_label label ON label.id = bundle.label_id
    WHERE place.kind = 'institution' AND holding.pieces > 0 AND told.username = ? ORDER BY bundle.id LIMIT 1
"""
DELIVERED = """
    SELECT delivery.number FROM logistics_delivery delivery JOIN logistics_user told ON told.id = delivery.by_id
    WHERE told.username = 'case-worker' ORDER BY delivery.id LIMIT 1
"""


def prepare(site: Site, people: dict[str, Visitor]) -> dict[str, list[str]]:
    """Does it, and tells by person to which pages it led that only a form leads to."""
    coordinator, mailroom, team = (people[name] for name in ("coordinator", "mailroom", "case-team"))
    team.fill("/cases/w4r-2013/BH/rules/add/", text="Blue ink only.")
    ((delivery,),) = site.rows(CONFIRMED)
    team.fill(f"/deliveries/{delivery}/raise/", end="acknowledged")
    worker, left = next((name, row[0]) for name in ("case-worker", "case-worker-2") for row in site.rows(LEFT, name))
    ((heard,),) = site.rows(DELIVERED)
    people["case-worker"].fill(f"/deliveries/{heard}/words/", words="Tell them that it reached me.", consent="quoted")
    return {
        "coordinator": [coordinator.fill("/return/add/", {"files": ("return.csv", each)}) for each in RETURNS],
        "mailroom": [_count(site, mailroom), _empty_bag(mailroom), _on_the_way(site, mailroom), _many_labels(site, mailroom)],
        worker: [f"/bundles/{left}/"],
    }


def _count(site: Site, mailroom: Visitor) -> str:
    ((batch,),) = site.rows(OPEN_BATCH)
    return mailroom.fill(f"/batches/{batch}/count/", **{"piles-0-case": "TR", "piles-0-pieces": "12"})


def _empty_bag(mailroom: Visitor) -> str:
    shipment = mailroom.fill("/shipment/plan/", from_hub="north", to_hub="south")
    number = shipment.strip("/").rpartition("/")[2]
    return mailroom.fill("/mailbag/add/", shipment=number)


def _on_the_way(site: Site, mailroom: Visitor) -> str:
    """A sealed bag on its way to the other hub: its shipment."""
    ((bundle,),) = site.rows(READY)
    bag = _empty_bag(mailroom)
    mailroom.fill(bag, code=bundle)
    witness = mailroom.choices(f"{bag}seal/", "second")[-1]
    mailroom.fill(f"{bag}seal/", number="A-1", second=witness, password=PASSWORD)
    shipment = next(link for link in mailroom.links(bag) if link.endswith("/dispatch/"))
    return mailroom.fill(shipment)


def _many_labels(site: Site, mailroom: Visitor) -> str:
    """So many labels that they are made in the background, and made by now: the page of that work."""
    ((batch,),) = site.rows(MOST_BUNDLES)
    address = mailroom.fill(f"/labels/{batch}/", copies="24")
    worker = ["db_worker", "--batch", "--interval", "0", "--no-startup-delay", "-v", "0"]
    manage(worker, environment(site.database, site.database.parent / "files"))
    return address
