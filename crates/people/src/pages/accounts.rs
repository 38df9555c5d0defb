//! The list of accounts, as far as this person may see it.

use crate::model::AccountState;
use crate::policy::{Act, POLICY};
use crate::queries::{self, AccountFilter, AccountLine, UnitOption};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use store::Tx;
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Page, Params};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    ui: Ui,
    params: Params,
    rows: Vec<AccountLine>,
    count: i64,
    next: Option<Cursor>,
    states: Vec<(String, String)>,
    units: Vec<(String, String)>,
    may_edit: bool,
}

/// A unit in the filter stands for all below it too.
fn filter(tx: &mut Tx<'_>, params: &Params) -> Result<AccountFilter> {
    let units = match params.get("unit") {
        "" => None,
        code => match queries::unit_by_code(tx, code)? {
            Some(unit) => Some(queries::units_under(tx, unit.id)?),
            None => Some(Vec::new()),
        },
    };
    Ok(AccountFilter {
        words: params.get("q").to_owned(),
        state: AccountState::parse(params.get("state")),
        units,
    })
}

fn rows(ctx: &Ctx, tx: &mut Tx<'_>, params: &Params, limit: usize) -> Result<Vec<AccountLine>> {
    let filter = filter(tx, params)?;
    let after = Cursor::parse(params.get("after"))?;
    queries::accounts(tx, ctx, &filter, after, i64::try_from(limit).unwrap_or(i64::MAX))
}

pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    if let Some(kind) = export::kind(params.get("format")) {
        return file(&req, &params, kind).await;
    }
    let asked = params.clone();
    let (found, count, units) = req
        .read(move |ctx, tx| {
            let filter = filter(tx, &asked)?;
            let count = queries::accounts_count(tx, ctx, &filter)?;
            Ok((rows(ctx, tx, &asked, PAGE_SIZE + 1)?, count, queries::all_units_options(tx)?))
        })
        .await
        .or_fail(&req)?;
    let Page { rows, next } = Page::from_rows(found, PAGE_SIZE, |r| Cursor { sort: 0, id: r.id.raw() });
    let ui = req.ui();
    let states =
        AccountState::ALL.iter().map(|s| (s.code().to_owned(), ui.t(format!("account-state-{}", s.code()))));
    page(
        &req,
        &AccountsPage {
            states: states.collect(),
            units: units.iter().map(UnitOption::choice).collect(),
            may_edit: POLICY.somewhere(&req.ctx, Act::EditAccounts),
            ui,
            params,
            rows,
            count,
            next,
        },
    )
}

async fn file(req: &Req, params: &Params, kind: sheets::FileKind) -> Answer {
    let asked = Params::parse(&params.filters());
    let found = req.read(move |ctx, tx| rows(ctx, tx, &asked, export::ROWS)).await.or_fail(req)?;
    let ui = req.ui();
    let titles = ["login", "name", "unit", "phone", "mail", "state"];
    let columns: Vec<Column> =
        titles.iter().map(|t| Column::new(ui.t(format!("account-column-{t}")), Kind::Text)).collect();
    let cells = found.iter().map(|a| -> Vec<Cell<'_>> {
        vec![
            a.login.as_str().into(),
            a.name.as_str().into(),
            a.unit_name.as_str().into(),
            a.phone.as_str().into(),
            a.mail.as_str().into(),
            ui.t(format!("account-state-{}", a.state.code())).into(),
        ]
    });
    export::answer(req, kind, &ui.t("accounts-title"), &columns, cells)
}
