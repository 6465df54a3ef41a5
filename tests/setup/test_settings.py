def test_the_settings_load():
    from django.conf import settings

    assert settings.ROOT_URLCONF == "logistics.urls"
