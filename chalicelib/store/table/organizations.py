"""Organizations, what points to them, and who belongs to them."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class OrganizationRow(Row, discriminator="organization"):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    domains = JSONAttribute(null=True)
    external_id = UnicodeAttribute(null=True)
    tags = JSONAttribute(null=True)
    custom_fields = JSONAttribute(null=True)
    joins = NumberAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()


class OrganizationPointerRow(Row, discriminator="organization-pointer"):
    """Whose id in the shop's own system, or whose mail domain, this is."""

    organization_id = UnicodeAttribute()


class OrganizationTicketRow(Row, discriminator="organization-ticket"):
    """A ticket in the list of the organization to which its customer belonged when it was put there. Its key is all."""


class MemberRow(Row, discriminator="member"):
    """A customer in the list of an organization's customers. One that does not say so is older than `lists_tickets`."""

    customer_id = UnicodeAttribute()
    lists_tickets = BooleanAttribute(null=True)
