from brands.models.channels import Channel, Platform
from brands.models.notifications import Notification
from brands.models.people import User
from brands.models.teams import Brand, Invitation, Membership, Role

__all__ = ["Brand", "Channel", "Invitation", "Membership", "Notification", "Platform", "Role", "User"]
