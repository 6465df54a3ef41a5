from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "translations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from logistics import registry
        from logistics.steps import Step
        from translations.actions import summarising
        from translations.queries.languages import approved_languages

        registry.undo_with(Step.SUMMARISED, summarising.undo_approval)
        registry.tell_summary_languages(approved_languages)
