from allauth.account.views import ConfirmEmailView


class ConfirmEmail(ConfirmEmailView):
    """Opening the link changes nothing: whoever else is signed in here stays so until the button is pressed."""

    def logout_other_user(self, confirmation) -> None:
        if self.request.method == "POST":
            super().logout_other_user(confirmation)
