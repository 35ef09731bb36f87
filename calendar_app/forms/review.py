from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.audit import record
from brands.forms import SeveralRowsField
from brands.forms.robots import RobotTrap
from brands.models import Brand, User
from calendar_app import review_links
from calendar_app.forms.fields import WordsField, version_field
from calendar_app.models import Post, ReviewLink
from calendar_app.review_links import DAYS, LONGEST_DAYS, MOST_OFFERED, MOST_POSTS


class ReviewLinkForm(forms.ModelForm):
    """For whom, which posts, how long."""

    days = forms.IntegerField(
        label=_("works for how many days"), initial=DAYS, min_value=1, max_value=LONGEST_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    posts = SeveralRowsField(label=_("posts"), queryset=Post.objects.none(), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = ReviewLink
        fields = ["label", "posts"]
        help_texts = {"label": _("A client, a department, a partner. Only your team sees it.")}

    field_order = ["label", "days", "posts"]

    def __init__(self, *args, brand: Brand, asked: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.brand = brand
        self.offered = list(review_links.offered(brand, asked)[:MOST_OFFERED])
        # Those that were asked for are offered, however many stand before them.
        missing = set(asked) - {post.pk for post in self.offered}
        self.offered += list(brand.posts.filter(pk__in=missing))
        self.fields["posts"].queryset = brand.posts.filter(pk__in=[post.pk for post in self.offered])
        self.fields["posts"].error_messages["required"] = _("Choose at least one post.")
        waiting = [post.pk for post in self.offered if post.waits_for_client]
        self.initial["posts"] = asked or waiting
        self.chosen = {str(pk) for pk in (self["posts"].value() or [])}

    def clean_posts(self):
        posts = self.cleaned_data["posts"]
        if len(posts) > MOST_POSTS:
            raise ValidationError(_("%(count)s posts are the most for one link."), params={"count": MOST_POSTS})
        return posts

    def made_by(self, user: User) -> ReviewLink:
        self.instance.created_by = user
        self.instance.expires_at = timezone.now() + timedelta(days=self.cleaned_data["days"])
        with transaction.atomic():
            link = self.save()
            record("link_made", brand=link.brand, person=user, on=link, details={"days": self.cleaned_data["days"]})
        return link


class GuestForm(RobotTrap):
    """What a guest says of one post."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    why = WordsField(required=False, max_length=3900, rows=2, label=_("Comment"))
    version = version_field()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, auto_id=False, **kwargs)
        self.fields["version"].required = True
        self.fields["name"].error_messages["required"] = _("Write your name, so that the team knows who said it.")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
