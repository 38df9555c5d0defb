//! The register itself.

use crate::model::{Adoption, Patrol, Section, Standard};
use crate::policy::{Act, POLICY, own};
use crate::store as rows;
use ::store::{Query, Record, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Tie;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use people::UnitRow;
use places::queries::{SectionLabel, section_names};
use std::collections::HashMap;
use web::list::{Cursor, Page};

/// Which adoptions a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub words: String,
    /// Only on these sections.
    pub sections: Option<Vec<Id<Section>>>,
    pub unit: Option<Id<Unit>>,
    /// In force on this day; `None`: every row there ever was.
    pub on: Option<Date>,
    /// Only the person's own units'.
    pub mine: bool,
}

impl Filter {
    fn apply<R: Record>(&self, ctx: &Ctx, tx: &Tx<'_>, q: &mut Query<R>) {
        visible(ctx, q);
        if let Some((condition, value)) = tx.words_condition("id", &self.words) {
            q.filter(&condition, &[&value]);
        }
        if let Some(sections) = &self.sections {
            q.one_of("section_id", sections);
        }
        if let Some(unit) = self.unit {
            q.filter("unit_id = ?", &[&unit]);
        }
        if let Some(day) = self.on {
            q.filter("from_date <= ? and (until_date is null or until_date >= ?)", &[&day, &day]);
        }
        if self.mine {
            let own = own(ctx);
            let units: Vec<Id<Unit>> = own
                .ties
                .iter()
                .filter(|(tie, _)| *tie == Tie::Leads)
                .flat_map(|(_, u)| u.iter().copied())
                .collect();
            if !own.all {
                q.one_of("unit_id", &units);
            }
        }
    }
}

/// The policy's list filter: that somebody answers for a street is a public fact, so all or nothing.
fn visible<R: Record>(ctx: &Ctx, q: &mut Query<R>) {
    if !POLICY.visible(ctx, Act::Facts).all {
        q.filter("1 = 0", &[]);
    }
}

const START: &str = "select {*} from adoption";

/// A page of the register, section by section in the order in which the city knows them.
pub fn list(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Adoption>> {
    let mut q = Query::<Adoption>::new(START);
    filter.apply(ctx, tx, &mut q);
    if let Some(c) = after {
        q.filter("(section_id, id) > (?, ?)", &[&c.sort, &c.id]);
    }
    let limit = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
    q.tail("order by section_id, id limit ?", &[&limit]);
    Ok(Page::from_rows(tx.query(&q)?, size, |a| Cursor { sort: a.section_id.raw(), id: a.id.raw() }))
}

pub fn count(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter) -> Result<i64> {
    let mut q = Query::<(i64,)>::new("select count(*) from adoption");
    filter.apply(ctx, tx, &mut q);
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}

/// Who answers for what on a day: the whole register of it.
pub fn register_on(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Adoption>> {
    rows::holding_on(tx, day)
}

/// The first day on which anybody answered for a street.
pub fn first_day(tx: &mut Tx<'_>) -> Result<Option<Date>> {
    rows::first_day(tx)
}

pub fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Adoption> {
    find(tx, number)?.ok_or_else(Problem::not_found)
}

pub fn find(tx: &mut Tx<'_>, number: &str) -> Result<Option<Adoption>> {
    rows::by_number(tx, number)
}

/// Everything ever adopted on a section.
pub fn of_section(tx: &mut Tx<'_>, section: Id<Section>) -> Result<Vec<Adoption>> {
    rows::of_section(tx, section)
}

pub fn standards(tx: &mut Tx<'_>) -> Result<Vec<Standard>> {
    rows::standards(tx)
}

/// What rows of the register name: their sections, units and standards.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub sections: HashMap<Id<Section>, SectionLabel>,
    pub units: HashMap<Id<Unit>, UnitRow>,
    pub standards: Vec<Standard>,
}

impl Names {
    pub fn section(&self, id: Id<Section>) -> String {
        self.sections.get(&id).map_or_else(String::new, SectionLabel::name)
    }

    pub fn street(&self, id: Id<Section>) -> &str {
        self.sections.get(&id).map_or("", |s| s.street.as_str())
    }

    pub fn unit(&self, id: Id<Unit>) -> &str {
        self.units.get(&id).map_or("", |u| u.name.as_str())
    }

    pub fn unit_code(&self, id: Id<Unit>) -> &str {
        self.units.get(&id).map_or("", |u| u.code.as_str())
    }

    pub fn standard(&self, id: Id<Standard>) -> Option<&Standard> {
        self.standards.iter().find(|s| s.id == id)
    }
}

pub fn names<'a>(tx: &mut Tx<'_>, of: impl IntoIterator<Item = &'a Adoption>) -> Result<Names> {
    let (mut sections, mut ids): (Vec<_>, Vec<_>) = of.into_iter().map(|a| (a.section_id, a.unit_id)).unzip();
    sections.sort_unstable();
    sections.dedup();
    ids.sort_unstable();
    ids.dedup();
    let mut units = HashMap::with_capacity(ids.len());
    for id in ids {
        units.extend(people::queries::unit(tx, id)?.map(|unit| (id, unit)));
    }
    Ok(Names { sections: section_names(tx, &sections)?, units, standards: rows::standards(tx)? })
}

/// The newest patrols of a stretch.
pub fn patrols(tx: &mut Tx<'_>, adoption: Id<Adoption>, limit: i64) -> Result<Vec<Patrol>> {
    rows::patrols(tx, adoption, limit)
}

/// Numbers of those of these ids that are adoptions.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from adoption");
    query.one_of("id", ids);
    tx.query(&query)
}
