from brands.models.api import ApiToken, KeptAnswer, Scope
from brands.models.audit import AuditEntry
from brands.models.channels import Channel, ChannelCheck, Platform
from brands.models.exports import BrandExport
from brands.models.letters import LetterSettings
from brands.models.limits import RateCount
from brands.models.machinery import Heartbeat, TaskFailure
from brands.models.notifications import Notification, NotificationChoice
from brands.models.people import EmailRhythm, User
from brands.models.policy_reports import PolicyReport
from brands.models.samples import Sample
from brands.models.teams import ApprovalMode, Brand, Invitation, Membership, Role
from brands.models.webhooks import WebhookDelivery, WebhookEndpoint

__all__ = [
    "ApiToken",
    "ApprovalMode",
    "AuditEntry",
    "Brand",
    "BrandExport",
    "Channel",
    "ChannelCheck",
    "EmailRhythm",
    "Heartbeat",
    "Invitation",
    "KeptAnswer",
    "LetterSettings",
    "Membership",
    "Notification",
    "NotificationChoice",
    "Platform",
    "PolicyReport",
    "RateCount",
    "Role",
    "Sample",
    "Scope",
    "TaskFailure",
    "User",
    "WebhookDelivery",
    "WebhookEndpoint",
]
