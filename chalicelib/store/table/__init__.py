"""The rows of the one table: the only folder that names attributes.

All are imported here, since PynamoDB finds the class of a row it has read among those that were.
"""

from chalicelib.store.table.article_cards import ArticleCardRow
from chalicelib.store.table.article_drafts import ArticleDraftRow
from chalicelib.store.table.article_search import SearchesRow, SynonymsRow, UnindexedArticleRow
from chalicelib.store.table.article_versions import ArticleTextRow, ArticleVersionRow
from chalicelib.store.table.blocked_senders import BlockedSenderRow, BlockedValueRow
from chalicelib.store.table.call_legs import CallLegRow
from chalicelib.store.table.category_pages import CategoryPagesRow
from chalicelib.store.table.consents import ConsentRow
from chalicelib.store.table.contact_codes import ContactCodeRow
from chalicelib.store.table.conversations import DeliveryRow, IntakeRow, MessageRow, TicketRow, UploadRow
from chalicelib.store.table.copied import CopiedRow
from chalicelib.store.table.customer_events import CustomerEventNameRow, CustomerEventRow
from chalicelib.store.table.customer_notes import CustomerNoteRow, WroteElsewhereRow
from chalicelib.store.table.data_wishes import DataWishRow
from chalicelib.store.table.deflections import DeflectionRow
from chalicelib.store.table.doubles import DoubleKeysRow, DoubleRow, NotSameRow
from chalicelib.store.table.help_centre import ArticleRow, CategoryRow, ListingRow, TranslationRow
from chalicelib.store.table.importing import ImportedRow
from chalicelib.store.table.jobs import ErasureRow, JobRow, ResultRow
from chalicelib.store.table.machinery import CounterRow, EventRow, FeedHeadRow, FeedRow, IdempotencyRow, PointerRow
from chalicelib.store.table.macros import MacroRow
from chalicelib.store.table.marked_addresses import MarkedAddressRow
from chalicelib.store.table.organizations import (
    MemberRow,
    OrganizationPointerRow,
    OrganizationRow,
    OrganizationTicketRow,
)
from chalicelib.store.table.people import AgentRow, ApiKeyEntryRow, ApiKeyRow, CustomerRow, ShopRow, SignInRow, TeamRow
from chalicelib.store.table.ratings import RatingRow
from chalicelib.store.table.raw_mail import FurtherMailRow, RawMailCountsRow, RawMailRow
from chalicelib.store.table.read_marks import ReadMarkRow
from chalicelib.store.table.row import KEYS_AND_KIND, LISTED, Row, TimeAttribute
from chalicelib.store.table.search import TicketIndexRow, UnindexedRow
from chalicelib.store.table.sender_pace import SenderPaceRow
from chalicelib.store.table.settings import FieldDefinitionRow
from chalicelib.store.table.sms_parts import SmsPartRow
from chalicelib.store.table.sms_spending import SmsSpendingRow
from chalicelib.store.table.votes import VoteCountRow, VoteRow
from chalicelib.store.table.webhooks import WebhookDeliveryRow, WebhookRow
from chalicelib.store.table.whatsapp_sessions import WhatsAppSessionRow
from chalicelib.store.table.word_answers import WordAnswerRow

__all__ = [
    "KEYS_AND_KIND",
    "LISTED",
    "AgentRow",
    "ApiKeyEntryRow",
    "ApiKeyRow",
    "ArticleCardRow",
    "ArticleDraftRow",
    "ArticleRow",
    "ArticleTextRow",
    "ArticleVersionRow",
    "BlockedSenderRow",
    "BlockedValueRow",
    "CallLegRow",
    "CategoryPagesRow",
    "CategoryRow",
    "ConsentRow",
    "ContactCodeRow",
    "CopiedRow",
    "CounterRow",
    "CustomerEventNameRow",
    "CustomerEventRow",
    "CustomerNoteRow",
    "CustomerRow",
    "DataWishRow",
    "DeflectionRow",
    "DeliveryRow",
    "DoubleKeysRow",
    "DoubleRow",
    "ErasureRow",
    "EventRow",
    "FeedHeadRow",
    "FeedRow",
    "FieldDefinitionRow",
    "FurtherMailRow",
    "IdempotencyRow",
    "ImportedRow",
    "IntakeRow",
    "JobRow",
    "ListingRow",
    "MacroRow",
    "MarkedAddressRow",
    "MemberRow",
    "MessageRow",
    "NotSameRow",
    "OrganizationPointerRow",
    "OrganizationRow",
    "OrganizationTicketRow",
    "PointerRow",
    "RatingRow",
    "RawMailCountsRow",
    "RawMailRow",
    "ReadMarkRow",
    "ResultRow",
    "Row",
    "SearchesRow",
    "SenderPaceRow",
    "ShopRow",
    "SignInRow",
    "SmsPartRow",
    "SmsSpendingRow",
    "SynonymsRow",
    "TeamRow",
    "TicketIndexRow",
    "TicketRow",
    "TimeAttribute",
    "TranslationRow",
    "UnindexedArticleRow",
    "UnindexedRow",
    "UploadRow",
    "VoteCountRow",
    "VoteRow",
    "WebhookDeliveryRow",
    "WebhookRow",
    "WhatsAppSessionRow",
    "WordAnswerRow",
    "WroteElsewhereRow",
]
