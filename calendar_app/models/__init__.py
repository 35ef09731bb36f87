from calendar_app.models.campaigns import Campaign
from calendar_app.models.key_dates import KeyDate, PassedOver
from calendar_app.models.media import MediaFile, PostMedia
from calendar_app.models.posts import Post
from calendar_app.models.publications import Publication, PublicationQuerySet
from calendar_app.models.series import Series
from calendar_app.models.sharing import CalendarFeed, PlanFile, ReviewLink, SavedView
from calendar_app.models.talk import Comment, PostEvent, PostVersion
from calendar_app.models.writing import HashtagSet, PostTemplate

__all__ = [
    "CalendarFeed",
    "Campaign",
    "Comment",
    "HashtagSet",
    "KeyDate",
    "MediaFile",
    "PassedOver",
    "PlanFile",
    "Post",
    "PostEvent",
    "PostMedia",
    "PostTemplate",
    "PostVersion",
    "Publication",
    "PublicationQuerySet",
    "ReviewLink",
    "SavedView",
    "Series",
]
