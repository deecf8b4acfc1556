"""The licensing backend's unit of work and its repositories, one module each."""

from sqlalchemy import Connection

from assistant.persistence.database import SqlUnit
from assistant.persistence.licensing.audit import SqlAudit
from assistant.persistence.licensing.batches import SqlBatches
from assistant.persistence.licensing.catalogue import SqlStoredCatalogue
from assistant.persistence.licensing.commands import SqlCommands
from assistant.persistence.licensing.customers import SqlCustomers
from assistant.persistence.licensing.due import SqlDue
from assistant.persistence.licensing.listings import SqlListings
from assistant.persistence.licensing.partners import SqlPartners
from assistant.persistence.licensing.records import (
    SqlApprovals,
    SqlCases,
    SqlNfrLicences,
    SqlUsageSamples,
)
from assistant.persistence.licensing.remote_customers import SqlRemoteCustomers
from assistant.persistence.licensing.reports import SqlReports
from assistant.persistence.licensing.seats import SqlSeats
from assistant.persistence.licensing.usage import SqlUsage
from assistant.ports.storage.licensing import Audit, Commands, Customers, Partners
from assistant.ports.storage.licensing_bulk import KeptBatches
from assistant.ports.storage.licensing_catalogue import StoredCatalogue
from assistant.ports.storage.licensing_due import Due
from assistant.ports.storage.licensing_listings import Listings
from assistant.ports.storage.licensing_records import (
    Approvals,
    Cases,
    NfrLicences,
    RemoteCustomers,
    Seats,
    UsageSamples,
)
from assistant.ports.storage.licensing_reports import Reports, Usage


class SqlLicensingUnit(SqlUnit):
    """One transaction of the licensing backend."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.partners: Partners = SqlPartners(connection)
        self.customers: Customers = SqlCustomers(connection)
        self.commands: Commands = SqlCommands(connection)
        self.audit: Audit = SqlAudit(connection)
        self.due: Due = SqlDue(connection)
        self.seats: Seats = SqlSeats(connection)
        self.approvals: Approvals = SqlApprovals(connection)
        self.nfr_licences: NfrLicences = SqlNfrLicences(connection)
        self.cases: Cases = SqlCases(connection)
        self.remote_customers: RemoteCustomers = SqlRemoteCustomers(connection)
        self.catalogue: StoredCatalogue = SqlStoredCatalogue(connection)
        self.usage_samples: UsageSamples = SqlUsageSamples(connection)
        self.usage: Usage = SqlUsage(connection)
        self.reports: Reports = SqlReports(connection)
        self.listings: Listings = SqlListings(connection)
        self.batches: KeptBatches = SqlBatches(connection)


__all__ = ["SqlLicensingUnit"]
