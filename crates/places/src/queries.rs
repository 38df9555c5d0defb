//! What pages, the API and other crates read. Nothing here asks who may: sections and sites are public facts.

use crate::model::{Division, Section, SectionClass, Site, SiteType, section_name};
use crate::store as rows;
use kernel::coords::Point;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use names::Kind;
use std::collections::HashMap;
use store::{Query, Record, Tx, naming, record, sql};
use web::list::{Cursor, Page};

/// Whether things that are no longer there are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    InUse,
    Retired,
    All,
}

impl Standing {
    pub fn parse(word: &str) -> Self {
        match word {
            "retired" => Standing::Retired,
            "all" => Standing::All,
            _ => Standing::InUse,
        }
    }
}

/// Which sections a list shows.
#[derive(Clone, Debug, Default)]
pub struct SectionFilter {
    pub words: String,
    pub street: String,
    pub class: Option<SectionClass>,
    /// The division or any below it.
    pub division: Option<Id<Division>>,
    pub standing: Standing,
}

/// Which sites a list shows.
#[derive(Clone, Debug, Default)]
pub struct SiteFilter {
    pub words: String,
    pub type_code: String,
    pub division: Option<Id<Division>>,
    pub section: Option<Id<Section>>,
    pub unit: Option<Id<kernel::ctx::Unit>>,
    pub standing: Standing,
}

/// One division and all below it, on either engine.
const BELOW: &str = "division_id in (with recursive below (id) as (select cast(? as bigint) union all
    select d.id from division d join below b on d.parent_id = b.id) select id from below)";

/// What holds the words, and what is called what they mean.
fn words_filter<R: Record>(tx: &mut Tx<'_>, query: &mut Query<R>, words: &str, kind: Kind) -> Result<()> {
    if let Some((condition, value)) = tx.words_condition("id", words) {
        let meant = naming::meant(tx, &[kind], words)?;
        if meant.is_empty() {
            query.filter(&condition, &[&value]);
        } else {
            let ids: Vec<String> = meant.iter().map(i64::to_string).collect();
            query.filter(&format!("{condition} or id in ({})", ids.join(", ")), &[&value]);
        }
    } else if !words.is_empty() {
        query.filter("1 = 0", &[]);
    }
    Ok(())
}

impl SectionFilter {
    fn apply<R: Record>(&self, tx: &mut Tx<'_>, query: &mut Query<R>) -> Result<()> {
        words_filter(tx, query, &self.words, Kind::Street)?;
        if !self.street.is_empty() {
            query.filter("street = ?", &[&self.street]);
        }
        if let Some(class) = self.class {
            query.filter("class = ?", &[&class]);
        }
        if let Some(division) = self.division {
            query.filter(BELOW, &[&division]);
        }
        match self.standing {
            Standing::InUse => query.filter("valid_until is null", &[]),
            Standing::Retired => query.filter("valid_until is not null", &[]),
            Standing::All => query,
        };
        Ok(())
    }
}

impl SiteFilter {
    fn apply<R: Record>(&self, tx: &mut Tx<'_>, query: &mut Query<R>) -> Result<()> {
        words_filter(tx, query, &self.words, Kind::Site)?;
        if !self.type_code.is_empty() {
            query.filter("type_code = ?", &[&self.type_code]);
        }
        if let Some(division) = self.division {
            query.filter(BELOW, &[&division]);
        }
        if let Some(section) = self.section {
            query.filter("section_id = ?", &[&section]);
        }
        if let Some(unit) = self.unit {
            query.filter("unit_id = ?", &[&unit]);
        }
        match self.standing {
            Standing::InUse => query.filter("active = ?", &[&true]),
            Standing::Retired => query.filter("active = ?", &[&false]),
            Standing::All => query,
        };
        Ok(())
    }
}

/// One page of sections, in order of their numbers.
pub fn sections(
    tx: &mut Tx<'_>,
    filter: &SectionFilter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Section>> {
    let mut query = Query::<Section>::new("select {*} from section");
    filter.apply(tx, &mut query)?;
    finish(&mut query, after, size);
    Ok(Page::from_rows(tx.query(&query)?, size, |s| Cursor { sort: s.serial, id: s.id.raw() }))
}

pub fn count_sections(tx: &mut Tx<'_>, filter: &SectionFilter) -> Result<i64> {
    let mut query = Query::<(i64,)>::new("select count(*) from section");
    filter.apply(tx, &mut query)?;
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

pub fn sites(tx: &mut Tx<'_>, filter: &SiteFilter, after: Option<Cursor>, size: usize) -> Result<Page<Site>> {
    let mut query = Query::<Site>::new("select {*} from site");
    filter.apply(tx, &mut query)?;
    finish(&mut query, after, size);
    Ok(Page::from_rows(tx.query(&query)?, size, |s| Cursor { sort: s.serial, id: s.id.raw() }))
}

pub fn count_sites(tx: &mut Tx<'_>, filter: &SiteFilter) -> Result<i64> {
    let mut query = Query::<(i64,)>::new("select count(*) from site");
    filter.apply(tx, &mut query)?;
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

fn finish<R: Record>(query: &mut Query<R>, after: Option<Cursor>, size: usize) {
    if let Some(cursor) = after {
        query.filter("serial > ?", &[&cursor.sort]);
    }
    let limit = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
    query.tail("order by serial limit ?", &[&limit]);
}

/// Names of the streets that have sections in use.
pub fn streets(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let rows = tx.all(
        sql!((String,): "select distinct street from section where valid_until is null order by street"),
        &[],
    )?;
    Ok(rows.into_iter().map(|(street,)| street).collect())
}

pub fn section(tx: &mut Tx<'_>, id: Id<Section>) -> Result<Section> {
    rows::section(tx, id)?.ok_or_else(Problem::not_found)
}

pub fn section_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Section> {
    rows::section_by_number(tx, number)?.ok_or_else(Problem::not_found)
}

record! {
    /// What a section is called.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SectionLabel {
        pub id: Id<Section>,
        pub number: String,
        pub street: String,
        pub from_crossing: String,
        pub to_crossing: String,
    }
}

impl SectionLabel {
    /// 新华中路（雄关大道—胜利路）
    pub fn name(&self) -> String {
        section_name(&self.street, &self.from_crossing, &self.to_crossing)
    }
}

/// Numbers and names of these sections; those that do not exist are missing.
pub fn section_names(tx: &mut Tx<'_>, ids: &[Id<Section>]) -> Result<HashMap<Id<Section>, SectionLabel>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut query = Query::<SectionLabel>::new("select {*} from section");
        query.one_of("id", some);
        found.extend(tx.query(&query)?.into_iter().map(|label| (label.id, label)));
    }
    Ok(found)
}

record! {
    /// What became of a part of a section. The direction turned round where `old_from_m` is the greater.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Lineage {
        pub old_id: Id<Section>,
        pub new_id: Id<Section>,
        pub old_from_m: f64,
        pub old_to_m: f64,
        pub new_from_m: f64,
    }
}

/// The sections that took the place of one that was split or joined.
pub fn successors(tx: &mut Tx<'_>, old: Id<Section>) -> Result<Vec<Lineage>> {
    tx.all(sql!(Lineage: "select {*} from section_lineage where old_id = $1 order by new_id"), &[&old])
}

/// The sections that one was made of.
pub fn predecessors(tx: &mut Tx<'_>, new: Id<Section>) -> Result<Vec<Lineage>> {
    tx.all(sql!(Lineage: "select {*} from section_lineage where new_id = $1 order by new_from_m"), &[&new])
}

pub fn site(tx: &mut Tx<'_>, id: Id<Site>) -> Result<Site> {
    rows::site(tx, id)?.ok_or_else(Problem::not_found)
}

pub fn site_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Site> {
    rows::site_by_number(tx, number)?.ok_or_else(Problem::not_found)
}

record! {
    /// What a site is called.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SiteLabel {
        pub id: Id<Site>,
        pub number: String,
        pub name: String,
        pub type_code: String,
    }
}

/// Numbers and names of these sites; those that do not exist are missing.
pub fn site_names(tx: &mut Tx<'_>, ids: &[Id<Site>]) -> Result<HashMap<Id<Site>, SiteLabel>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut query = Query::<SiteLabel>::new("select {*} from site");
        query.one_of("id", some);
        found.extend(tx.query(&query)?.into_iter().map(|label| (label.id, label)));
    }
    Ok(found)
}

/// Where the sites are, and of what type.
pub fn site_points(tx: &mut Tx<'_>) -> Result<Vec<(Point, String)>> {
    let rows =
        tx.all(sql!((f64, f64, String): "select lng, lat, type_code from site where active = 1"), &[])?;
    Ok(rows.into_iter().map(|(lng, lat, kind)| (Point::new(lng, lat), kind)).collect())
}

/// All types of site in their order, those no longer used too.
pub fn all_site_types(tx: &mut Tx<'_>) -> Result<Vec<SiteType>> {
    rows::site_types(tx)
}

/// Types of site in their order, those no longer used left out.
pub fn site_types(tx: &mut Tx<'_>) -> Result<Vec<SiteType>> {
    Ok(rows::site_types(tx)?.into_iter().filter(|t| t.active).collect())
}

pub fn division(tx: &mut Tx<'_>, id: Id<Division>) -> Result<Division> {
    rows::division(tx, id)?.ok_or_else(Problem::not_found)
}

pub fn division_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Division> {
    rows::division_by_code(tx, code)?.ok_or_else(Problem::not_found)
}

/// A division's own name. Where the index is at hand, [`crate::PlaceIndex::division_name`] tells the path without a query.
pub fn division_name(tx: &mut Tx<'_>, id: Id<Division>) -> Result<String> {
    division(tx, id).map(|d| d.name)
}

/// How many sections and sites lie in each division itself, for the tree's page.
pub fn division_counts(tx: &mut Tx<'_>) -> Result<HashMap<Id<Division>, (i64, i64)>> {
    let sections = tx.all(
        sql!((Id<Division>, i64): "select division_id, count(*) from section
             where valid_until is null and division_id is not null group by division_id"),
        &[],
    )?;
    let sites = tx.all(
        sql!((Id<Division>, i64): "select division_id, count(*) from site
             where active = 1 and division_id is not null group by division_id"),
        &[],
    )?;
    let mut counts: HashMap<Id<Division>, (i64, i64)> = HashMap::new();
    for (id, n) in sections {
        counts.entry(id).or_default().0 = n;
    }
    for (id, n) in sites {
        counts.entry(id).or_default().1 = n;
    }
    Ok(counts)
}

pub fn count_cells(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from grid_cell"), &[])
}

record! {
    /// A year whose arrangement is known.
    #[derive(Clone, Debug)]
    pub struct CalendarYear {
        pub year: i64,
        pub source: String,
        pub imported_at: kernel::time::Instant,
    }
}

pub fn calendar_years(tx: &mut Tx<'_>) -> Result<Vec<CalendarYear>> {
    tx.all(sql!(CalendarYear: "select {*} from calendar_year order by year"), &[])
}

/// A few sections and sites that hold these words, for the search page.
pub fn found(tx: &mut Tx<'_>, words: &str, limit: usize) -> Result<(Vec<Section>, Vec<Site>)> {
    let wanted = SectionFilter { words: words.to_owned(), ..SectionFilter::default() };
    let sections = sections(tx, &wanted, None, limit)?.rows;
    let wanted = SiteFilter { words: words.to_owned(), ..SiteFilter::default() };
    Ok((sections, sites(tx, &wanted, None, limit)?.rows))
}

/// Of these streets, those that have sections in use.
pub fn streets_in_use(tx: &mut Tx<'_>, streets: &[String]) -> Result<Vec<String>> {
    let mut query = Query::<(String,)>::new("select distinct street from section");
    query.filter("valid_until is null", &[]).one_of("street", streets);
    Ok(tx.query(&query)?.into_iter().map(|(street,)| street).collect())
}

/// The sites among these things that are in use.
pub fn sites_of(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Site>> {
    let mut query = Query::<Site>::new("select {*} from site");
    query.filter("active = 1", &[]).one_of("id", ids).tail("order by serial", &[]);
    tx.query(&query)
}

/// The divisions among these things.
pub fn divisions_of(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Division>> {
    let mut query = Query::<Division>::new("select {*} from division");
    query.one_of("id", ids).tail("order by code", &[]);
    tx.query(&query)
}

/// Ids of the sites with these numbers; those that do not exist are missing.
pub fn site_ids(tx: &mut Tx<'_>, numbers: &[String]) -> Result<HashMap<String, Id<Site>>> {
    let mut found = HashMap::with_capacity(numbers.len());
    for some in numbers.chunks(500) {
        let mut query = Query::<(String, Id<Site>)>::new("select number, id from site");
        query.one_of("number", some);
        found.extend(tx.query(&query)?);
    }
    Ok(found)
}

/// How many sites in use there are of each type.
pub fn site_counts(tx: &mut Tx<'_>) -> Result<HashMap<String, i64>> {
    let rows = tx.all(
        sql!((String, i64): "select type_code, count(*) from site where active = 1 group by type_code"),
        &[],
    )?;
    Ok(rows.into_iter().collect())
}

/// Who answers for these sites.
pub fn site_units(
    tx: &mut Tx<'_>,
    ids: &[Id<Site>],
) -> Result<HashMap<Id<Site>, Option<Id<kernel::ctx::Unit>>>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut query =
            Query::<(Id<Site>, Option<Id<kernel::ctx::Unit>>)>::new("select id, unit_id from site");
        query.one_of("id", some);
        found.extend(tx.query(&query)?);
    }
    Ok(found)
}
