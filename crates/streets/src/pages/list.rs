//! The register of a day.

use super::shared::{self, Day, Options};
use crate::model::Adoption;
use crate::queries::{self, Filter, Names};
use crate::{export, kept, policy, show};
use ::store::Tx;
use cases::as_of::AsOf;
use kernel::id::Id;
use kernel::problem::Result;
use places::model::Section;
use places::queries::{SectionFilter, Standing};
use web::error::{OrFail, page as render};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::parts::Tile;
use web::saved::Views;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    saved: Views,
    day: Day,
    as_of: AsOf,
    tiles: Vec<Tile>,
    groups: Vec<Group>,
    next: Option<Cursor>,
    count: i64,
    streets: Options,
    units: Options,
    bounds: String,
    may_edit: bool,
    may_set: bool,
    may_own: bool,
}

/// Consecutive rows of one street.
pub(crate) struct Group {
    pub(crate) street: String,
    pub(crate) rows: Vec<Row>,
}

/// A line of the register.
pub(crate) struct Row {
    pub(crate) adoption: Adoption,
    pub(crate) section: String,
    pub(crate) stretch: String,
    pub(crate) unit: String,
    pub(crate) unit_code: String,
    pub(crate) state: (&'static str, &'static str),
}

impl Row {
    pub(crate) fn of(ui: &Ui, names: &Names, day: kernel::time::Date, adoption: Adoption) -> Self {
        Self {
            section: names.section(adoption.section_id),
            stretch: show::stretch(ui, adoption.from_m, adoption.to_m),
            unit: names.unit(adoption.unit_id).to_owned(),
            unit_code: names.unit_code(adoption.unit_id).to_owned(),
            state: shared::standing(&adoption, day),
            adoption,
        }
    }
}

/// Rows under the names of their streets.
pub(crate) fn grouped(ui: &Ui, names: &Names, day: kernel::time::Date, rows: Vec<Adoption>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for adoption in rows {
        let street = names.street(adoption.section_id).to_owned();
        let row = Row::of(ui, names, day, adoption);
        match groups.last_mut().filter(|g| g.street == street) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { street, rows: vec![row] }),
        }
    }
    groups
}

/// The sections of a street, those that are no longer there too: the register goes back in time.
pub(crate) fn sections_of(tx: &mut Tx<'_>, street: &str) -> Result<Vec<Id<Section>>> {
    let wanted =
        SectionFilter { street: street.to_owned(), standing: Standing::All, ..SectionFilter::default() };
    Ok(places::queries::sections(tx, &wanted, None, 2000)?.rows.into_iter().map(|s| s.id).collect())
}

/// What the query of a list asks for. A unit or street that does not exist finds nothing rather than everything.
pub(crate) fn filter(tx: &mut Tx<'_>, params: &Params, day: kernel::time::Date) -> Result<Filter> {
    let street = params.get("street");
    let unit = match params.get("unit") {
        "" => None,
        code => Some(people::queries::unit_by_code(tx, code)?.map_or(Id::new(-1), |unit| unit.id)),
    };
    Ok(Filter {
        words: params.get("q").to_owned(),
        sections: if street.is_empty() { None } else { Some(sections_of(tx, street)?) },
        unit,
        on: (!params.has("all", "1")).then_some(day),
        mine: params.has("mine", "1"),
    })
}

pub(super) async fn page(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let day = Day::of(&req, &params)?;
    if let Some(kind) = web::export::kind(params.get("format")) {
        return export(&req, &params, day, kind).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let as_of = shared::as_of(&req, &params, day, false).await?;
    let index = shared::index(&req).await?;
    let report = kept::coverage(&req.city, day.date).await.or_fail(&req)?;
    let asked = params.clone();
    let (found, names, count, streets, units, saved) = req
        .read(move |ctx, tx| {
            let wanted = filter(tx, &asked, day.date)?;
            let found = queries::list(ctx, tx, &wanted, after, PAGE_SIZE)?;
            let names = queries::names(tx, &found.rows)?;
            let count = queries::count(ctx, tx, &wanted)?;
            let saved = web::saved::views(tx, ctx, "/streets", &asked)?;
            Ok((found, names, count, places::queries::streets(tx)?, shared::units(tx)?.0, saved))
        })
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    render(
        &req,
        &ListPage {
            tiles: super::coverage::tiles(&ui, &report, day),
            groups: grouped(&ui, &names, day.date, found.rows),
            next: found.next,
            count,
            streets: streets.into_iter().map(|s| (s.clone(), s)).collect(),
            units,
            bounds: index.view(),
            may_edit: !day.past && policy::may_edit(&req.ctx),
            may_set: policy::may_set(&req.ctx),
            may_own: !policy::own(&req.ctx).all && !policy::own(&req.ctx).nothing(),
            params,
            saved,
            as_of,
            day,
            ui,
        },
    )
}

async fn export(req: &Req, params: &Params, day: Day, kind: sheets::FileKind) -> Answer {
    let asked = params.clone();
    let (rows, names) = req
        .read(move |ctx, tx| {
            let wanted = filter(tx, &asked, day.date)?;
            let rows = queries::list(ctx, tx, &wanted, None, web::export::ROWS)?.rows;
            let names = queries::names(tx, &rows)?;
            Ok((rows, names))
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let titles = export::titles(|key| ui.t(key));
    let locale = ui.locale();
    // a file of a day that is over says which
    let name =
        if day.past { format!("{}-{}", ui.t("streets-title"), day.date) } else { ui.t("streets-title") };
    web::export::answer(req, kind, &name, &titles, rows.iter().map(|a| export::row(a, &names, locale)))
}
