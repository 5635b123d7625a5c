"""The content type of a Word document has 71 characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_lists")]
    operations = [
        migrations.AlterField(
            model_name="attachment",
            name="content_type",
            field=models.CharField(max_length=100),
        ),
    ]
