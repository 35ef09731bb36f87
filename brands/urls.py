from django.urls import path

from brands.views import brand, channels, checklist, hearing, invitations, notifications, people, start, team

app_name = "brands"

SETTINGS = "brands/<slug:brand>/settings/"

urlpatterns = [
    path("", start.start, name="start"),
    path("brands/", start.brand_list, name="list"),
    path("brands/new/", start.new, name="new"),
    path("profile/", people.profile, name="profile"),
    path("profile/notifications/", hearing.hearing, name="hearing"),
    path("invitations/<str:signed>/", invitations.invitation, name="invitation"),
    path("brands/<slug:brand>/first-steps/", brand.first_steps, name="first_steps"),
    path("brands/<slug:brand>/notifications/", notifications.notifications, name="notifications"),
    path("brands/<slug:brand>/notifications/read/", notifications.read_all, name="read_notifications"),
    path("brands/<slug:brand>/notifications/<int:pk>/", notifications.open_notification, name="notification"),
    path(SETTINGS, brand.settings, name="settings"),
    path(SETTINGS + "channels/", channels.channels, name="channels"),
    path(SETTINGS + "channels/new/", channels.new, name="new_channel"),
    path(SETTINGS + "channels/<int:pk>/", channels.channel, name="channel"),
    path(SETTINGS + "channels/<int:pk>/active/", channels.switch, name="switch_channel"),
    path(SETTINGS + "channels/<int:pk>/checklist/", checklist.checklist, name="checklist"),
    path(SETTINGS + "team/", team.team, name="team"),
    path(SETTINGS + "team/invite/", team.invite, name="invite"),
    path(SETTINGS + "team/leave/", team.leave, name="leave"),
    path(SETTINGS + "team/<int:pk>/", team.member, name="member"),
    path(SETTINGS + "team/<int:pk>/remove/", team.remove, name="remove_member"),
    path(SETTINGS + "invitations/<int:pk>/resend/", invitations.resend, name="resend_invitation"),
    path(SETTINGS + "invitations/<int:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
]
