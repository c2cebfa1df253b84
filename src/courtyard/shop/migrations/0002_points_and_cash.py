"""Goods for points and cash: the cash of a dated price and of what was sold; a price may ask for no points at all."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shop', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='price', name='shop_price_in_range'),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(
                condition=models.Q(('points__gte', 0), ('points__lte', 100000)), name='shop_price_in_range'
            ),
        ),
        migrations.RemoveConstraint(model_name='redemption', name='shop_redemption_points'),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(
                condition=models.Q(('points__gte', 0)), name='shop_redemption_points'
            ),
        ),
        migrations.RemoveConstraint(model_name='redemptionline', name='shop_line_in_range'),
        migrations.AddConstraint(
            model_name='redemptionline',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('pieces__gte', 1), ('pieces__lte', 99), ('points_each__gte', 0), ('points_each__lte', 100000)
                ),
                name='shop_line_in_range',
            ),
        ),
        migrations.CreateModel(
            name='PriceCash',
            fields=[
                ('price', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='cash', serialize=False, to='shop.price')),
                ('cash_fen', models.BigIntegerField()),
                ('entry', models.UUIDField()),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(
                        condition=models.Q(('cash_fen__gte', 1), ('cash_fen__lte', 10000000)),
                        name='shop_price_cash_in_range',
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name='CashLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('redemption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cash', to='shop.redemption')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shop.item')),
                ('pieces', models.BigIntegerField()),
                ('cash_each_fen', models.BigIntegerField()),
                ('entry', models.UUIDField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('redemption', 'item'), name='shop_cash_line_once'),
                    models.CheckConstraint(
                        condition=models.Q(
                            ('cash_each_fen__gte', 1),
                            ('cash_each_fen__lte', 10000000),
                            ('pieces__gte', 1),
                            ('pieces__lte', 99),
                        ),
                        name='shop_cash_line_in_range',
                    ),
                ],
            },
        ),
    ]
