"""The ready-made accounts of the sample season."""

from dataclasses import asdict

from deploy.local.issuer.accounts import Account as IssuerAccount
from deploy.sample.agencies import tree_of
from deploy.sample.people import EXPERTISE, PEOPLE, VERIFIERS, Account, accounts
from deploy.sample.plan import Script
from shared.editions import load
from shared.identity import Role


def all_accounts(script: Script) -> tuple[Account, ...]:
    operators_of = (plan.agency_code for plan in script.innovations)
    return accounts(tree_of(script.agencies), operators_of, lambda username: f"sandi-{username}")


def test_usernames_and_ids_stand_once(script: Script):
    everybody = all_accounts(script)
    assert len({each.username for each in everybody}) == len(everybody)
    assert len({each.sub for each in everybody}) == len(everybody)


def test_every_role_that_the_season_needs_is_there():
    needed = set(Role) - {Role.COMPANION}
    assert {person.role for person in PEOPLE} | {Role.SKPD_OPERATOR} == needed


def test_an_account_carries_its_place_in_the_tree_and_the_given_password(script: Script):
    known = {each.username: each for each in all_accounts(script)}
    assert known["op-banjar-pkm-sungai-tabuk-3"] == Account(
        username="op-banjar-pkm-sungai-tabuk-3",
        password="sandi-op-banjar-pkm-sungai-tabuk-3",
        sub="dev-op-banjar-pkm-sungai-tabuk-3",
        name="Operator BANJAR Puskesmas Sungai Tabuk 3",
        roles=(Role.SKPD_OPERATOR,),
        agency="banjar-pkm-sungai-tabuk-3",
        agency_path=("kalsel", "banjar", "banjar-dinkes", "banjar-pkm-sungai-tabuk-3"),
    )
    assert known["juri-1"].agency is None and known["juri-1"].agency_path == ()


def test_everybody_whom_the_script_names_has_an_account(script: Script):
    known = {each.username for each in all_accounts(script)}
    named = {plan.operator for plan in script.innovations}
    for plan in script.innovations:
        named |= {plan.review.verifier, plan.review.second, plan.review.resolver}
    named |= {p.review.conflict.verifier for p in script.innovations if p.review.conflict}
    competition, money = script.competition, script.competition.money
    named |= {money.allocated_by, money.approved_by, money.hold.held_by, money.hold.released_by}
    named |= {each.signer for each in competition.signatures}
    assert competition.objection and competition.disqualification and competition.recusal
    named |= {competition.objection.filed_by, competition.objection.decided_by}
    named |= {competition.disqualification.decided_by, competition.recusal.judge}
    assert competition.strict and competition.doubt
    named |= {competition.strict.judge, competition.doubt.decided_by}
    assert named <= known


def test_accounts_are_what_the_development_issuer_reads(script: Script):
    for account in all_accounts(script):
        assert IssuerAccount.model_validate(asdict(account)).sub == account.sub


def test_every_verifier_knows_affairs_of_the_instrument_well():
    known = {affair.id for affair in load("2026-r1").affairs}
    assert set(EXPERTISE) == {person.username for person in VERIFIERS}
    assert all(set(affairs) <= known for affairs in EXPERTISE.values())
