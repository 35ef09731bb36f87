"""What was learned."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brands.forms import VersionedModelForm
from brands.models import Brand
from metrics.forms.fields import limit_to_brand
from metrics.kept_figures import in_words
from metrics.models import Finding
from strategies.models import Answer


class FindingForm(VersionedModelForm):
    figures = forms.MultipleChoiceField(label=_("figures that show it"), required=False, widget=forms.CheckboxSelectMultiple)
    question = forms.ChoiceField(
        label=_("Which question does it answer?"),
        required=False,
        choices=[("", _("None in particular")), *Answer.Question.choices],
    )

    class Meta:
        model = Finding
        fields = ["strategy", "goal", "question", "text", "verdict", "posts"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "posts": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, brand: Brand, chosen_posts: QuerySet | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit_to_brand(self.fields, brand)
        self.fields["goal"].queryset = self.fields["goal"].queryset.filter(strategy__brand=brand)
        if self.instance.pk:
            # It may stay with its strategy when that one is archived.
            self.fields["strategy"].queryset |= brand.strategies.filter(pk=self.instance.strategy_id)
            # A finding keeps the figures and posts it was written about; they can be let go, not swapped.
            kept = [(str(evidence["row"]), in_words(evidence)) for evidence in self.instance.evidence]
            self.fields["figures"].choices, self.initial["figures"] = kept, [row for row, _words in kept]
            self.fields["posts"].queryset = self.instance.posts.all()
        else:
            del self.fields["figures"]
            self.fields["posts"].queryset = brand.posts.none() if chosen_posts is None else chosen_posts

    def clean(self) -> dict:
        cleaned = super().clean()
        goal, strategy = cleaned.get("goal"), cleaned.get("strategy")
        if goal and strategy and goal.strategy_id != strategy.pk:
            self.add_error("goal", _("This goal belongs to another strategy."))
        return cleaned

    def saved(self) -> bool:
        done = super().saved()
        if done and "figures" in self.fields:
            self.instance.keep_only({int(row) for row in self.cleaned_data["figures"]})
        return done
