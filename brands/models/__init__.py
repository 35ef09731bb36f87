from brands.models.channels import Channel, ChannelCheck, Platform
from brands.models.notifications import Notification
from brands.models.people import User
from brands.models.teams import Brand, Invitation, Membership, Role

__all__ = ["Brand", "Channel", "ChannelCheck", "Invitation", "Membership", "Notification", "Platform", "Role", "User"]
