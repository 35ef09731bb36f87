from brands.models.channels import Channel, ChannelCheck, Platform
from brands.models.notifications import Notification, NotificationChoice
from brands.models.people import EmailRhythm, User
from brands.models.teams import ApprovalMode, Brand, Invitation, Membership, Role

__all__ = [
    "ApprovalMode",
    "Brand",
    "Channel",
    "ChannelCheck",
    "EmailRhythm",
    "Invitation",
    "Membership",
    "Notification",
    "NotificationChoice",
    "Platform",
    "Role",
    "User",
]
