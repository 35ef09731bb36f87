from calendar_app.forms.campaign import CampaignForm
from calendar_app.forms.channel import ChannelPlanForm
from calendar_app.forms.post import PostForm
from calendar_app.forms.small import CommentForm, LinkForm, MoveForm, PublishedForm, StepForm, ZoneForm

__all__ = [
    "CampaignForm",
    "ChannelPlanForm",
    "CommentForm",
    "LinkForm",
    "MoveForm",
    "PostForm",
    "PublishedForm",
    "StepForm",
    "ZoneForm",
]
