from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('logistics', '0003_time_zone_of_a_reader'),
    ]

    operations = [
        migrations.CreateModel(
            name='Misses',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(help_text='HMAC-SHA-256 of a name, an address or both.', max_length=64, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('since', models.DateTimeField(help_text='The first of them; the row goes when the time that it began is over.')),
            ],
        ),
    ]
