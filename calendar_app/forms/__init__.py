from calendar_app.forms.campaign import CampaignForm
from calendar_app.forms.channel import ChannelPlanForm
from calendar_app.forms.post import PostForm
from calendar_app.forms.small import LinkForm, MoveForm, OutingForm, PublishedForm, StepForm, ZoneForm
from calendar_app.forms.talk import CommentForm

__all__ = [
    "CampaignForm",
    "ChannelPlanForm",
    "CommentForm",
    "LinkForm",
    "MoveForm",
    "OutingForm",
    "PostForm",
    "PublishedForm",
    "StepForm",
    "ZoneForm",
]
