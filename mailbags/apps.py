from django.apps import AppConfig


class MailbagsConfig(AppConfig):
    name = "mailbags"
    default_auto_field = "django.db.models.BigAutoField"
