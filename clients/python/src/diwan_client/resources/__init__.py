"""All resources, by name.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client.resources.agents import Agents
from diwan_client.resources.api_keys import ApiKeys
from diwan_client.resources.article_votes import ArticleVotes
from diwan_client.resources.articles import Articles
from diwan_client.resources.blocked_senders import BlockedSenders
from diwan_client.resources.categories import Categories
from diwan_client.resources.consents import Consents
from diwan_client.resources.customer_events import CustomerEvents
from diwan_client.resources.customer_notes import CustomerNotes
from diwan_client.resources.customers import Customers
from diwan_client.resources.events import Events
from diwan_client.resources.fields import Fields
from diwan_client.resources.images import Images
from diwan_client.resources.jobs import Jobs
from diwan_client.resources.macros import Macros
from diwan_client.resources.messages import Messages
from diwan_client.resources.meta import Meta
from diwan_client.resources.organizations import Organizations
from diwan_client.resources.search import Search
from diwan_client.resources.searches import Searches
from diwan_client.resources.settings import Settings
from diwan_client.resources.sms_estimates import SmsEstimates
from diwan_client.resources.suspended import Suspended
from diwan_client.resources.synonyms import Synonyms
from diwan_client.resources.teams import Teams
from diwan_client.resources.tickets import Tickets
from diwan_client.resources.uploads import Uploads
from diwan_client.resources.webhooks import Webhooks
from diwan_client.transport import Transport


class Resources:
    """Every call of the API, under the name of what it is about."""

    def __init__(self, transport: Transport) -> None:
        self.tickets = Tickets(transport)
        self.messages = Messages(transport)
        self.customers = Customers(transport)
        self.customer_events = CustomerEvents(transport)
        self.consents = Consents(transport)
        self.customer_notes = CustomerNotes(transport)
        self.articles = Articles(transport)
        self.article_votes = ArticleVotes(transport)
        self.categories = Categories(transport)
        self.synonyms = Synonyms(transport)
        self.searches = Searches(transport)
        self.search = Search(transport)
        self.suspended = Suspended(transport)
        self.blocked_senders = BlockedSenders(transport)
        self.events = Events(transport)
        self.webhooks = Webhooks(transport)
        self.images = Images(transport)
        self.uploads = Uploads(transport)
        self.agents = Agents(transport)
        self.teams = Teams(transport)
        self.organizations = Organizations(transport)
        self.fields = Fields(transport)
        self.macros = Macros(transport)
        self.api_keys = ApiKeys(transport)
        self.sms_estimates = SmsEstimates(transport)
        self.settings = Settings(transport)
        self.jobs = Jobs(transport)
        self.meta = Meta(transport)
