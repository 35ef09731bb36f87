from django.urls import path

from calendar_app.views import approval, campaigns, mix, months, posts, publications, review, review_links, slots, talk, zone

app_name = "calendar"
urlpatterns = [
    path("", months.month, name="month"),
    path("list/", months.post_list, name="list"),
    path("days/<str:day>/", months.day, name="day"),
    path("posts/new/", posts.new_post, name="new_post"),
    path("posts/checks/", posts.checks, name="checks"),
    path("posts/thread/", posts.thread_fields, name="thread_fields"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/save/", posts.save_post, name="save_post"),
    path("posts/<int:pk>/delete/", posts.delete_post, name="delete_post"),
    path("posts/<int:pk>/comment/", talk.comment, name="comment"),
    path("posts/<int:pk>/<slug:name>/", approval.step, name="step"),
    path("review/", review.review, name="review"),
    path("review/links/", review_links.review_links, name="review_links"),
    path("review/links/<int:pk>/take-back/", review_links.take_back_review_link, name="take_back_review_link"),
    path("review/approve/", review.review_many, name="review_many"),
    path("review/<int:pk>/", review.review_one, name="review_one"),
    path("publications/<int:pk>/move/", publications.move, name="move"),
    path("publications/<int:pk>/<slug:name>/", publications.act, name="act"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.new_campaign, name="new_campaign"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/delete/", campaigns.delete_campaign, name="delete_campaign"),
    path("mix/<int:pk>/pillars/", mix.pillar_mix, name="pillar_mix"),
    path("mix/<int:pk>/ideas/", mix.take_idea, name="take_idea"),
    path("mix/<int:pk>/<slug:dimension>/", mix.mix, name="mix"),
    path("editorial/<int:pk>/", slots.fill, name="fill"),
    path("zone/", zone.zone, name="zone"),
]
