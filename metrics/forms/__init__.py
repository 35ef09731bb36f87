from metrics.forms.figures import FigureForm, GridForm
from metrics.forms.findings import FindingForm
from metrics.forms.imports import SettleForm, UploadForm
from metrics.forms.ledger import LedgerEntryForm, MoneyForm
from metrics.forms.period import PeriodForm

__all__ = ["FigureForm", "FindingForm", "GridForm", "LedgerEntryForm", "MoneyForm", "PeriodForm", "SettleForm", "UploadForm"]
