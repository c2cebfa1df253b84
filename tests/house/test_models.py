"""A table tells the truth and its fields are classed: privacy, whole numbers, no clock and no logic in a model."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.db import models
from tests.house.reading import Source, none, planted, sources

CLASSES = {"public", "internal", "personal", "secret"}
OURS = sorted(
    (model for model in apps.get_models() if model.__module__.startswith("courtyard.")),
    key=lambda model: model._meta.label,
)
# D5 and D8: no decimals, no floats, no JSON columns (their text is re-ordered), all whole numbers 64 bits wide.
REFUSED = (
    models.DecimalField, models.FloatField, models.JSONField, models.SmallIntegerField, models.PositiveIntegerField,
    models.PositiveSmallIntegerField, models.DurationField, models.FileField,
)  # fmt: skip


def unclassed(fields: set[str], privacy: dict[str, str]) -> list[str]:
    """Fields without a privacy class, classes without a field, and classes there are none of."""
    return sorted(
        [f"{name} is not classed" for name in fields - privacy.keys()]
        + [f"{name} is classed but no field" for name in privacy.keys() - fields]
        + [f"{name}: {found} is no class" for name, found in privacy.items() if found not in CLASSES]
    )


def unfit(field: models.Field) -> str | None:
    """Why this kind of field may not be, or None."""
    if isinstance(field, REFUSED):
        return f"{field.name} is a {type(field).__name__}"
    if type(field) in (models.IntegerField, models.AutoField):
        return f"{field.name} is a {type(field).__name__}, 32 bits wide"
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return f"{field.name} reads the clock by itself"
    if isinstance(field, models.UUIDField) and field.has_default():
        return f"{field.name} makes its own id: the action does (kernel.ids)"
    return None


def own_fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)}


def test_there_are_models():
    assert len(OURS) > 20


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_classed_for_privacy(model):
    assert unclassed(own_fields(model), getattr(model, "privacy", {})) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_unfit_fields(model):
    none([why for field in model._meta.local_fields if (why := unfit(field))])


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_tables_are_named_by_room_and_model(model):
    assert model._meta.db_table == f"{model._meta.app_label}_{model._meta.model_name}"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_growing_rows_carry_their_entry_or_say_why_not(model):
    """D8: a growing row names its journal entry; the journal's own rows and access lines (D11) are the exceptions."""
    if getattr(model, "grows", False) and model._meta.app_label != "records":
        assert "entry" in {field.name for field in model._meta.fields}


def test_planted_fields_are_found():
    assert unclassed({"a", "b"}, {"a": "public"}) == ["b is not classed"]
    assert unclassed({"a"}, {"a": "confidential"}) == ["a: confidential is no class"]
    assert unclassed({"a"}, {"a": "public", "c": "public"}) == ["c is classed but no field"]
    named = {
        "price": models.DecimalField(max_digits=5, decimal_places=2),
        "share": models.FloatField(),
        "points": models.IntegerField(),
        "made": models.DateTimeField(auto_now_add=True),
        "facts": models.JSONField(),
    }
    for name, field in named.items():
        field.name = name
        assert unfit(field), name
    fit = models.BigIntegerField()
    fit.name = "points"
    assert unfit(fit) is None


def verbs_in_models(source: Source) -> list[str]:
    """save() and delete() overrides, signals, and managers that write: logic where only tables belong."""
    found = [
        f"{source.path}:{node.lineno} overrides {node.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete", "clean", "full_clean")
    ]
    return found + [
        f"{source.path}:{node.lineno} imports {alias.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in ("receiver", "pre_save", "post_save", "pre_delete", "post_delete")
    ]


def test_no_logic_in_models_and_no_signals():
    found = [(source, finding) for source in sources() for finding in verbs_in_models(source)]
    none([finding for source, finding in found if source.is_in("models") or " imports " in finding])


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    def save(self): pass",
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
    ],
)
def test_planted_logic_is_found(text):
    assert verbs_in_models(planted("src/courtyard/shop/models.py", text))
