//! What is known of a case when its unit is looked for, under the names by which conditions ask for it.

use ::store::Tx;
use cases::desk::Desk;
use cases::model::Case;
use kernel::coords::Point;
use kernel::ctx::Unit;
use kernel::geometry::distance_m;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::workflow::Named;
use places::{PlaceIndex, Section};
use rhai::{Array, Scope};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use streets::model::Adoption;

/// Metres within which a case counts as being at a site. Ours.
pub const SITE_M: f64 = 50.0;

/// One case. Texts are empty where nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// `event-01003`.
    pub kind: String,
    /// `event-01`.
    pub major: String,
    /// `component` or `event`.
    pub form: String,
    pub source: String,
    pub title: String,
    /// Title and description.
    pub text: String,
    pub address: String,
    pub urgent: bool,
    /// Whether it is an earlier, closed case again.
    pub again: bool,
    /// Codes of the divisions it lies in, the city's first.
    pub divisions: Vec<String>,
    pub grid: String,
    /// `S-0001`.
    pub section: String,
    /// `BJ-0001`, of the day it was reported.
    pub stretch: String,
    /// Code of the unit that the register or the catalogue names.
    pub register_unit: String,
    /// Types of the sites near it.
    pub site_types: Vec<String>,
    /// Hour of the report in China, 0 to 23; day of the week, 1 for Monday; whether that day is a working day.
    pub hour: i64,
    pub weekday: i64,
    pub workday: bool,
}

/// The names, in the order in which the page explains them. Each has the text `routing-fact-<name>`.
pub const NAMES: [&str; 18] = [
    "kind",
    "major",
    "form",
    "source",
    "title",
    "text",
    "address",
    "urgent",
    "again",
    "divisions",
    "grid",
    "section",
    "stretch",
    "register_unit",
    "site_types",
    "hour",
    "weekday",
    "workday",
];

impl Facts {
    pub(crate) fn scope(&self) -> Scope<'static> {
        let list = |texts: &[String]| texts.iter().map(|t| t.as_str().into()).collect::<Array>();
        let mut scope = Scope::new();
        for (name, text) in [
            ("kind", &self.kind),
            ("major", &self.major),
            ("form", &self.form),
            ("source", &self.source),
            ("title", &self.title),
            ("text", &self.text),
            ("address", &self.address),
            ("grid", &self.grid),
            ("section", &self.section),
            ("stretch", &self.stretch),
            ("register_unit", &self.register_unit),
        ] {
            scope.push(name, text.clone());
        }
        for (name, value) in [("urgent", self.urgent), ("again", self.again), ("workday", self.workday)] {
            scope.push(name, value);
        }
        scope.push("hour", self.hour).push("weekday", self.weekday);
        scope.push("divisions", list(&self.divisions)).push("site_types", list(&self.site_types));
        scope
    }
}

/// Knows the city around cases. Made for one question or for a whole run; what it has looked up it keeps.
pub struct Surroundings {
    desk: Arc<Desk>,
    index: Arc<PlaceIndex>,
    sections: HashMap<Id<Section>, (String, Vec<Adoption>)>,
    units: HashMap<Id<Unit>, String>,
    /// Read when the first rule asks for them.
    sites: Option<Vec<(Point, String)>>,
}

impl Surroundings {
    pub fn new(desk: Arc<Desk>, index: Arc<PlaceIndex>) -> Self {
        Self { desk, index, sections: HashMap::new(), units: HashMap::new(), sites: None }
    }

    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// What is known of the case. `sites`: whether any rule asks for the sites near it.
    pub fn facts(&mut self, tx: &mut Tx<'_>, case: &Case, sites: bool) -> Result<Facts> {
        let desk = Arc::clone(&self.desk);
        let item = case.item_id.and_then(|id| desk.catalogue.item(id));
        let (section, stretch) = self.street(tx, case)?;
        let division = case.division_id.and_then(|id| self.index.division(id));
        let path = division.map(|node| node.path.clone()).unwrap_or_default();
        let day = case.reported_at.date();
        Ok(Facts {
            kind: item.map(|i| format!("{}-{}", i.kind.code(), i.code)).unwrap_or_default(),
            major: item.map(|i| format!("{}-{}", i.kind.code(), i.major_code)).unwrap_or_default(),
            form: item.map(|i| i.kind.code().to_owned()).unwrap_or_default(),
            source: case.source.code().to_owned(),
            title: case.title.clone(),
            text: format!("{}\n{}", case.title, case.description),
            address: case.address.clone(),
            urgent: case.urgent,
            again: case.is_recurrence,
            divisions: path
                .iter()
                .filter_map(|id| Some(self.index.division(*id)?.code.to_string()))
                .collect(),
            grid: case.grid.clone().unwrap_or_default(),
            section,
            stretch,
            register_unit: self.unit(tx, case.suggested_unit)?,
            site_types: if sites { self.near(tx, case)? } else { Vec::new() },
            hour: i64::from(case.reported_at.to_civil().hour()),
            weekday: i64::from(day.weekday().to_monday_one_offset()),
            workday: desk.calendar.is_working_day(day).0,
        })
    }

    fn street(&mut self, tx: &mut Tx<'_>, case: &Case) -> Result<(String, String)> {
        let Some(id) = case.section_id else { return Ok(Default::default()) };
        let (number, adoptions) = match self.sections.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let label = places::queries::section_names(tx, &[id])?.remove(&id);
                let number = label.map(|l| l.number).unwrap_or_default();
                place.insert((number, streets::queries::of_section(tx, id)?))
            }
        };
        let day = case.reported_at.date();
        let here = |a: &&Adoption| a.holds_on(day) && case.along_m.is_none_or(|along| a.covers(along));
        // of several the one that answers first
        let found = adoptions.iter().filter(here).min_by_key(|a| !a.shared.is_empty());
        Ok((number.clone(), found.map(|a| a.number.clone()).unwrap_or_default()))
    }

    fn unit(&mut self, tx: &mut Tx<'_>, id: Option<Id<Unit>>) -> Result<String> {
        let Some(id) = id else { return Ok(String::new()) };
        if let Some(code) = self.units.get(&id) {
            return Ok(code.clone());
        }
        let code = people::queries::unit(tx, id)?.map(|u| u.code).unwrap_or_default();
        self.units.insert(id, code.clone());
        Ok(code)
    }

    fn near(&mut self, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<String>> {
        let Some(place) = case.place() else { return Ok(Vec::new()) };
        if self.sites.is_none() {
            self.sites = Some(places::queries::site_points(tx)?);
        }
        let sites = self.sites.iter().flatten();
        let mut types: Vec<String> = sites
            // a degree of latitude is some 111 km: most sites are told apart without working the distance out
            .filter(|(at, _)| {
                (at.lat - place.lat).abs() < SITE_M / 100_000.0 && distance_m(*at, place) <= SITE_M
            })
            .map(|(_, kind)| kind.clone())
            .collect();
        types.sort_unstable();
        types.dedup();
        Ok(types)
    }
}
