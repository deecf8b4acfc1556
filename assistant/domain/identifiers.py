"""Names for the kinds of ids, so that one is not taken for another.

Every id is made by the ``Ids`` port, holds at least 64 random bits and tells nothing about its owner.
Entry ids are the exception: they are slugs of headings, and public.
"""

from typing import NewType

PartnerId = NewType("PartnerId", str)
CustomerId = NewType("CustomerId", str)
SubscriptionId = NewType("SubscriptionId", str)
LicenceId = NewType("LicenceId", str)
StandardLicenceId = NewType("StandardLicenceId", str)
CaseId = NewType("CaseId", str)
RemoteCustomerId = NewType("RemoteCustomerId", str)
PlanId = NewType("PlanId", str)
UserId = NewType("UserId", str)
EntryId = NewType("EntryId", str)
ConversationId = NewType("ConversationId", str)
TaskId = NewType("TaskId", str)
BatchId = NewType("BatchId", str)
HandOffId = NewType("HandOffId", str)
