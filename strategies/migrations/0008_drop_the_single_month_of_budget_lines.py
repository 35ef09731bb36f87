from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("strategies", "0007_plan_money_by_the_month")]

    operations = [
        migrations.RemoveField(model_name="budgetline", name="month"),
    ]
