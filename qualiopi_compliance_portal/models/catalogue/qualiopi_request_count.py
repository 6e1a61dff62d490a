from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

# Requests in an hour: from one address of the network (a whole company or a job
# centre may share it), with one e-mail address, and from everywhere.
PER_ADDRESS, PER_EMAIL, PER_WEBSITE = 20, 5, 300
KEPT = timedelta(days=1)
# To be counted, where others are counted at the same moment.
ATTEMPTS = 20


class QualiopiRequestCount(models.Model):
    """How many requests came from one place within an hour, so that they are bounded.

    Neither network nor e-mail addresses are kept: only signatures of them, other
    ones each hour, for a day. Requests at the same moment are counted one after the
    other.
    """

    _name = "qualiopi.request.count"
    _description = "Requests of an hour"
    _log_access = False

    key = fields.Char(required=True)
    since = fields.Datetime(required=True)
    website_id = fields.Many2one("website", required=True, ondelete="cascade")
    by_address = fields.Boolean()
    count = fields.Integer(required=True)

    _once = models.UniqueIndex("(since, key)")

    @api.model
    def _allow(self, website, address, email, form):
        """Count a request, whether or not it is one too many.

        The same form sent again, as by a double click, counts once.

        Counted in a transaction of its own, so short that others hardly wait for it:
        what is made of the request takes a thousand times longer.

        :param address: network address that it comes from
        :param email: normalised
        :param form: what is the same when the same form is sent again
        :return: whether there were not too many yet
        """
        for _attempt in range(ATTEMPTS):
            try:
                with self.env.registry.cursor() as cr:
                    # sudo: qualiopi.request.count - nobody has rights on it
                    counts = self.with_env(self.env(cr=cr, su=True))
                    return counts._within_limits(website.id, address, email, form)
            except SerializationFailure:
                continue
        # so many at the very same moment are too many
        return False

    def _within_limits(self, website_id, address, email, form):
        since = fields.Datetime.now().replace(minute=0, second=0, microsecond=0)
        same = [("since", "=", since), ("key", "=", self._key(since, "form", form))]
        if self.search_count(same):
            return True
        network = self._network(address)
        here = self._count(website_id, since, "address", network)
        mine = self._count(website_id, since, "email", email)
        everywhere = self._read_group(
            [
                ("since", "=", since),
                ("website_id", "=", website_id),
                ("by_address", "=", True),
            ],
            [],
            ["count:sum"],
        )[0][0]
        if here > PER_ADDRESS or mine > PER_EMAIL or everywhere > PER_WEBSITE:
            return False
        self._count(website_id, since, "form", form)
        return True

    @api.model
    def _network(self, address):
        """:return: what one subscriber has: an IPv4 address, or 64 bits of an IPv6"""
        parts = (address or "").split(":")
        return ":".join(parts[:4]) if len(parts) > 2 else address or ""

    def _key(self, since, kind, value):
        return hmac(self.env, "qualiopi-request-count", f"{kind}:{value}:{since}")

    def _count(self, website_id, since, kind, value):
        return self.env.execute_query(
            SQL(
                """INSERT INTO qualiopi_request_count AS counts
                               (key, since, website_id, by_address, count)
                        VALUES (%(key)s, %(since)s, %(website)s, %(by_address)s, 1)
                   ON CONFLICT (since, key)
                     DO UPDATE SET count = counts.count + 1
                     RETURNING counts.count""",
                key=self._key(since, kind, value),
                since=since,
                website=website_id,
                by_address=kind == "address",
            )
        )[0][0]

    @api.autovacuum
    def _gc_counts(self):
        limit = fields.Datetime.now() - KEPT
        self.search([("since", "<", limit)]).unlink()
