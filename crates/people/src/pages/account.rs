//! A person's account, for those who keep accounts or grant roles.

use super::log;
use crate::model::{AccountMove, Factor, Proof};
use crate::policy::{self, Act, POLICY};
use crate::queries::{self, DelegationLine, GrantLine};
use crate::workflow;
use crate::{AccountRow, AuthenticatorRow, IdentityRow, SessionRow};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use store::Tx;
use store::audit::HistoryLine;
use web::error::{OrFail, page};
use web::parts::{Fact, Line, Move};
use web::{Answer, Path, Req, Ui};

struct Found {
    account: AccountRow,
    unit: (String, String),
    factor: Factor,
    /// Whether there is a second factor of any kind.
    has_factor: bool,
    grants: Vec<GrantLine>,
    lending: Vec<DelegationLine>,
    history: Vec<HistoryLine>,
    entry: Option<Entry>,
}

/// How they sign in, for the three administrators.
struct Entry {
    identities: Vec<IdentityRow>,
    authenticators: Vec<AuthenticatorRow>,
    sessions: Vec<SessionRow>,
    provider: bool,
}

impl Entry {
    fn read(ctx: &Ctx, tx: &mut Tx<'_>, account: &AccountRow) -> Result<Option<Self>> {
        let standing = policy::of_account(account.unit_id, account.id);
        if !POLICY.may(ctx, Act::SeeSignIn, &standing) {
            return Ok(None);
        }
        Ok(Some(Self {
            identities: queries::identities(tx, account.id)?,
            authenticators: queries::authenticators(tx, account.id)?,
            sessions: queries::sessions(tx, account.id)?,
            provider: queries::provider(tx)?.is_some(),
        }))
    }
}

/// The account of the address, if this person may do this to it; what may not be seen is not found.
pub(super) fn load(ctx: &Ctx, tx: &mut Tx<'_>, login: &str, act: Act) -> Result<AccountRow> {
    let account = queries::person_by_login(tx, login)?.ok_or_else(Problem::not_found)?;
    let standing = policy::of_account(account.unit_id, account.id);
    let known = POLICY.may(ctx, Act::SeeAccounts, &standing);
    POLICY.require(ctx, act, &standing, known)?;
    Ok(account)
}

fn read(ctx: &Ctx, tx: &mut Tx<'_>, login: &str) -> Result<Found> {
    let account = load(ctx, tx, login, Act::SeeAccounts)?;
    let factor = queries::proofs(tx, account.id)?.factor;
    let unit = queries::unit(tx, account.unit_id)?.map(|u| (u.code, u.name)).unwrap_or_default();
    Ok(Found {
        unit,
        factor,
        has_factor: factor == Factor::On || !queries::authenticators(tx, account.id)?.is_empty(),
        grants: queries::grants_of(tx, account.id)?,
        lending: queries::delegations_of(tx, account.id, ctx.now.date())?,
        history: store::audit::history(tx, account.id)?,
        entry: Entry::read(ctx, tx, &account)?,
        account,
    })
}

#[derive(askama::Template)]
#[template(path = "account.html")]
struct AccountPage {
    ui: Ui,
    found: Found,
    facts: Vec<Fact>,
    moves: Vec<Move>,
    may_reset: bool,
    may_grant: bool,
    may_link: bool,
    may_end: bool,
    history: Vec<Line>,
}

pub(super) async fn page_of(req: Req, Path(login): Path<String>) -> Answer {
    let found = req.read(move |ctx, tx| read(ctx, tx, &login)).await.or_fail(&req)?;
    let ui = req.ui();
    let account = &found.account;
    let or_dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let factor = if found.has_factor { Factor::On } else { found.factor };
    let facts = vec![
        Fact::new(ui.t("account-column-login"), &account.login),
        Fact::new(ui.t("account-column-unit"), &found.unit.1).link(format!("/units/{}", found.unit.0)),
        Fact::new(ui.t("account-column-phone"), or_dash(&account.phone)),
        Fact::new(ui.t("account-column-mail"), or_dash(&account.mail)),
        Fact::new(ui.t("account-factor"), ui.t(format!("factor-{}", factor.code()))),
        Fact::new(ui.t("account-since"), ui.time(&account.created_at)),
    ];
    let standing = policy::of_account(account.unit_id, account.id);
    let others = req.ctx.person() != Some(account.id);
    let may = |act| others && POLICY.may(&ui.ctx, act, &standing);
    let moves = if may(Act::EditAccounts) { moves(&ui, account) } else { Vec::new() };
    let (may_reset, may_grant) = (may(Act::EditAccounts), may(Act::GrantRoles));
    let (may_link, may_end) = (may(Act::LinkIdentities), may(Act::EndSessions));
    let history = log::lines(&ui, &found.history);
    let page_of = AccountPage { ui, found, facts, moves, may_reset, may_grant, may_link, may_end, history };
    page(&req, &page_of)
}

fn moves(ui: &Ui, account: &AccountRow) -> Vec<Move> {
    let mut moves = vec![Move {
        text: ui.t("account-do-edit"),
        href: format!("/admin/accounts/{}/edit", account.login),
        icon: "edit",
        main: true,
    }];
    moves.extend(workflow::ACCOUNT.from(account.state).map(|m| Move {
        text: ui.t(format!("account-move-{}", m.name.code())),
        href: format!("/admin/accounts/{}/state?move={}", account.login, m.name.code()),
        icon: match m.name {
            AccountMove::Lock => "lock",
            AccountMove::Close => "archive",
            AccountMove::Unlock | AccountMove::Reopen => "user-check",
        },
        main: false,
    }));
    moves
}
