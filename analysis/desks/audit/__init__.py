"""The audit desk: what is known, what contradicts itself, where one more figure would help most.

docs/methods/evidence_audit.md, docs/methods/contradictions.md.
"""

from analysis.desks.audit.bases import implied_bases
from analysis.desks.audit.check import Check, examine
from analysis.desks.audit.desk import EvidenceAudit, evidence_audit
from analysis.desks.audit.surprise import surprises

__all__ = ["Check", "EvidenceAudit", "evidence_audit", "examine", "implied_bases", "surprises"]
