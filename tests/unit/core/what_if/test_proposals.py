"""What a proposal says of itself."""

from __future__ import annotations

from quota.core.what_if.proposals import Proposal, ProposalCertificate


def proposal(*certificates: ProposalCertificate) -> Proposal:
    return Proposal(wish=None, certificates=certificates)  # type: ignore[arg-type]  # the wish is not asked


def test_a_proposal_is_optimal_where_every_objective_is_proven_and_there_is_one() -> None:
    proven, open_ = (ProposalCertificate(None, 3, bound) for bound in (3, 2))  # type: ignore[arg-type]  # nor which
    assert proposal(proven).optimal
    assert not proposal(proven, open_).optimal
    assert not proposal(open_).optimal
    assert not proposal().optimal
