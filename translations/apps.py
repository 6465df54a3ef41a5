from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "translations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Late: models can be imported only once the apps are loaded.
        from logistics import registry
        from logistics.steps import Step
        from translations import checks, demo, views
        from translations.actions import summarising
        from translations.queries.languages import approved_languages

        registry.undo_with(Step.SUMMARISED, summarising.undo_approval)
        registry.tell_summary_languages(approved_languages)
        registry.lend_to_demo("translations", demo)
        registry.add_journey_check("summaries", checks.summaries)
        registry.add_journey_check("waivers", checks.waivers)
        registry.add_home_cards(views.waiting)
