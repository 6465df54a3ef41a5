from django.apps import AppConfig


class LogisticsConfig(AppConfig):
    name = "logistics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Late: models can be imported only once the apps are loaded.
        from logistics import registry
        from logistics.documents.case_report_kind import CaseReports
        from logistics.documents.kinds import Confirmations, Letters
        from logistics.documents.label_kind import Labels
        from logistics.queries import consignees, finding, labels, mailroom, waiting, withheld
        from logistics.views import carrying, cases, coming_back, overseeing, papers, returns

        for kind, job in (returns.JOBS | papers.JOBS).items():
            registry.add_job(kind, job)
        registry.add_document_kind("confirmation", Confirmations())
        registry.add_document_kind("letter", Letters())
        registry.add_document_kind("labels", Labels())
        registry.add_document_kind("case-report", CaseReports())
        registry.add_label_source(labels.bundle_codes, labels.bundle_label)
        registry.add_label_source(labels.batch_codes, labels.batch_labels)
        registry.add_home_cards(mailroom.cards)
        registry.add_finder(finding.find)
        registry.add_home_cards(overseeing.waiting)
        registry.add_finder(overseeing.find)
        registry.add_home_cards(carrying.waiting)
        registry.add_home_cards(coming_back.cards)
        registry.add_home_cards(cases.cards)
        registry.add_home_cards(withheld.cards)
        registry.add_finder(waiting.find)
        registry.add_finder(consignees.find)
