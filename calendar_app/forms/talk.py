from django import forms
from django.utils.translation import gettext_lazy as _

from brands.models import Membership
from calendar_app import talk
from calendar_app.forms.fields import WordsField
from calendar_app.models import Comment, Post


class CommentForm(forms.Form):
    """A word about a post. Only what the reader sees can be answered."""

    text = WordsField(max_length=4000, rows=2, label=_("comment"))
    visible_to_client = forms.BooleanField(required=False)
    answers = forms.ModelChoiceField(queryset=Comment.objects.none(), required=False)

    def __init__(self, *args, post: Post, membership: Membership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = _("Write something first.")
        self.fields["answers"].error_messages["invalid_choice"] = _("What you answer to is not there any more.")
        self.fields["answers"].queryset = talk.seen_by(post, membership).select_related("author", "answers")
