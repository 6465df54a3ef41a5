from django.apps import AppConfig


class MailbagsConfig(AppConfig):
    name = "mailbags"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Late: models can be imported only once the apps are loaded.
        from logistics import registry
        from logistics.steps import Step
        from mailbags import checks, demo
        from mailbags.actions import undoing
        from mailbags.documents.kinds import BagLists, DeliveryForms, LetterBills, PackingLists
        from mailbags.queries import hindrances, labels, recounts, shipment_bags, waiting
        from mailbags.views import papers

        registry.undo_with(Step.BAGGED, undoing.undo_put_in, undoing.check_contents)
        registry.undo_with(Step.UNBAGGED, undoing.undo_take_out, undoing.check_contents)
        registry.undo_with(Step.SEALED, undoing.undo_seal, undoing.check_seal)
        registry.undo_with(Step.DISPATCHED, undoing.undo_dispatch)
        registry.undo_with(Step.ARRIVED, undoing.undo_arrival, undoing.check_arrival)
        registry.add_undo_hindrance(hindrances.any_of_them)
        registry.add_packing_hindrance(recounts.hindrance)
        registry.add_document_kind("packing-list", PackingLists())
        registry.add_document_kind("bag-list", BagLists())
        registry.add_document_kind("letter-bill", LetterBills())
        registry.add_document_kind("delivery-form", DeliveryForms())
        registry.add_label_source(labels.bag_codes, labels.bag_label)
        registry.add_label_source(labels.shipment_codes, labels.shipment_labels)
        registry.add_shipment_papers(papers.of_shipment)
        registry.add_shipment_part(shipment_bags.on_shipment)
        registry.lend_to_demo("mailbags", demo)
        registry.add_home_cards(waiting.cards)
        registry.add_finder(waiting.find)
        registry.add_journey_check("contents of bags", checks.contents)
        registry.add_journey_check("seals", checks.seals)
        registry.add_journey_check("sealed bundles", checks.sealed_bundles)
        registry.add_journey_check("bags on shipments", checks.shipments)
