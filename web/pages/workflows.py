"""Runbooks of the guided workflows, to read or to print; they say nothing of anybody."""

from flask import Blueprint, render_template

from web.current import application

blueprint = Blueprint("workflows", __name__)


@blueprint.get("/workflows/<flow>/runbook")
def runbook(flow: str) -> str:
    """Show how a workflow goes, written out from its declaration."""
    conversations = application().conversations
    text = conversations.runbook(flow, "html")
    described = next(known for known in conversations.descriptions() if known["id"] == flow)
    return render_template("runbook.html", runbook=text, flow=described)
