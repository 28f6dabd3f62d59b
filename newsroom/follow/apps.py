from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class FollowConfig(AppConfig):
    name = "newsroom.follow"
    verbose_name = _("Followers")

    def ready(self):
        from newsroom.publishing.drafts import edition_types
        from newsroom.publishing.models import Check, Decision, Share  # models exist only now
        from newsroom.record.models import Erasure

        from . import hub, notices, outbox

        outbox.SENDERS |= {"hub": hub.ping, notices.NOTICE: notices.spread, notices.MAIL: notices.mail, notices.HOOK: notices.call}
        # Sent inside the transaction of the decision: both are kept, or neither is.
        post_save.connect(hub.on_decision, sender=Decision, dispatch_uid="tell the hub of an edition")
        post_save.connect(notices.on_decision, sender=Decision, dispatch_uid="tell staff of a decision")
        post_save.connect(notices.on_check, sender=Check, dispatch_uid="tell staff of the next check")
        post_save.connect(notices.on_share, sender=Share, dispatch_uid="tell somebody of what is shared with them")
        for model in edition_types():
            document = model.document.field.related_model
            post_save.connect(notices.on_upkeep, sender=document, dispatch_uid=f"tell staff of {document.__name__} due for review")
        post_save.connect(hub.on_erasure, sender=Erasure, dispatch_uid="tell the hub of an erasure")
