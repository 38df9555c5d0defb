//! What a plan comes to: the points that can be drawn, strata with their sizes, how many each gives. The same for the preview as
//! for the commitment, which freezes it.

use crate::model::{Inspection, Method};
use crate::store as rows;
use ::store::Tx;
use draw::{Entry, Plan, Stratum, shares};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use places::PlaceIndex;
use places::index::Node;
use places::model::{Division, Site};
use places::queries::{SiteFilter, site_types, sites};
use std::collections::{BTreeMap, HashSet};

/// More sites than a city has.
const ALL: usize = 200_000;

/// A stratum with how many points it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sized {
    pub stratum: Stratum,
    pub size: usize,
    /// How many were asked for, where that is more than there are.
    pub short: Option<usize>,
}

/// A plan and the register that would be frozen with it.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub plan: Plan,
    /// In the order of their numbers.
    pub entries: Vec<Entry>,
    pub strata: Vec<Sized>,
    /// Points left out because they were drawn not long ago.
    pub excluded: usize,
    /// Types that were asked for and have no point.
    pub empty: Vec<String>,
}

impl Prepared {
    /// How many points will be drawn.
    pub fn take(&self) -> usize {
        self.strata.iter().map(|s| s.stratum.take).sum()
    }
}

/// The division whose stratum a place belongs to: its street or town, or the level below the city where it has none. Empty where it lies
/// in no division.
pub(crate) fn division_of(index: &PlaceIndex, division: Option<Id<Division>>) -> String {
    let Some(node) = division.and_then(|id| index.division(id)) else { return String::new() };
    let path: Vec<&Node> = node.path.iter().filter_map(|id| index.division(*id)).collect();
    let street = path.iter().find(|node| is_street(node));
    street.or(path.get(1)).or(path.first()).map(|node| node.code.to_string()).unwrap_or_default()
}

/// Whether it is of the level by which inspections are divided.
pub(crate) fn is_street(node: &Node) -> bool {
    matches!(&*node.level, "street" | "town" | "township")
}

/// So many months before.
fn months_before(now: Instant, months: i64) -> Instant {
    let day = now.date();
    let (year, month) = (i64::from(day.year()), i64::from(day.month()));
    let whole = year * 12 + (month - 1) - months;
    let (year, month) = (whole.div_euclid(12), whole.rem_euclid(12) + 1);
    // the last days of a long month become those of a short one
    let date = (0..4).find_map(|less| {
        kernel::time::parse_date(&format!("{year:04}-{month:02}-{:02}", i64::from(day.day()) - less))
    });
    date.map_or(now, Instant::start_of)
}

/// Works a plan out on the register as it is now.
pub fn prepare(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, inspection: &Inspection) -> Result<Prepared> {
    let gone: HashSet<Id<Site>> = if inspection.exclude_months > 0 {
        rows::drawn_since(tx, months_before(ctx.now, inspection.exclude_months))?.into_iter().collect()
    } else {
        HashSet::new()
    };
    let (mut entries, mut excluded) = (Vec::new(), 0);
    // all of them are looked at: whoever is not read could not be drawn
    for site in sites(tx, &SiteFilter::default(), None, ALL)?.rows {
        if !inspection.amounts.0.contains_key(&site.type_code) {
            continue;
        }
        if gone.contains(&site.id) {
            excluded += 1;
            continue;
        }
        let division =
            if inspection.by_division { division_of(index, site.division_id) } else { String::new() };
        entries.push(Entry {
            kind: site.type_code.clone(),
            division,
            name: draw::cell(&site.name),
            lng: format!("{:.6}", site.lng),
            lat: format!("{:.6}", site.lat),
            number: site.number,
        });
    }
    entries.sort_by(|a, b| a.number.cmp(&b.number));
    let order: Vec<String> = site_types(tx)?.into_iter().map(|t| t.code).collect();
    let strata = strata(inspection, &entries, &order);
    let have: HashSet<&str> = entries.iter().map(|e| e.kind.as_str()).collect();
    let empty = inspection.amounts.0.keys().filter(|k| !have.contains(k.as_str())).cloned().collect();
    let plan = Plan {
        facts: Vec::new(),
        second_percent: usize::try_from(inspection.second_percent).unwrap_or_default(),
        strata: strata.iter().map(|s| s.stratum.clone()).collect(),
    }
    .fact("number", &inspection.number)
    .fact("name", &inspection.name)
    .fact("from", &inspection.from_date.to_string())
    .fact("until", &inspection.until_date.to_string())
    .fact("method", inspection.method.code())
    .fact("exclude_months", &inspection.exclude_months.to_string())
    .fact("public_source", &inspection.public_source)
    .fact("frozen_at", &ctx.now.rfc3339());
    Ok(Prepared { plan, entries, strata, excluded, empty })
}

/// Strata in the order of types and of the divisions' codes.
fn strata(inspection: &Inspection, entries: &[Entry], order: &[String]) -> Vec<Sized> {
    let mut sizes: BTreeMap<(usize, &str, &str), usize> = BTreeMap::new();
    for entry in entries {
        let at = order.iter().position(|code| *code == entry.kind).unwrap_or(usize::MAX);
        *sizes.entry((at, &entry.kind, &entry.division)).or_default() += 1;
    }
    let strata: Vec<(&str, &str, usize)> =
        sizes.into_iter().map(|((_, kind, division), size)| (kind, division, size)).collect();
    let asked = |kind: &str| {
        let amount = inspection.amounts.0.get(kind).copied().unwrap_or_default();
        u64::try_from(amount).unwrap_or_default()
    };
    let wide = |of: &[(&str, &str, usize)]| -> Vec<u64> { of.iter().map(|s| s.2 as u64).collect() };
    let takes: Vec<u64> = match inspection.method {
        Method::Fixed => strata.iter().map(|(kind, ..)| asked(kind)).collect(),
        Method::Total => shares(u64::try_from(inspection.total).unwrap_or_default(), &wide(&strata)),
        // strata of one type stand beside each other
        Method::PerType => strata
            .chunk_by(|a, b| a.0 == b.0)
            .flat_map(|of| shares(of.first().map_or(0, |s| asked(s.0)), &wide(of)))
            .collect(),
    };
    strata
        .into_iter()
        .zip(takes)
        .map(|((kind, division, size), asked)| {
            let asked = usize::try_from(asked).unwrap_or(usize::MAX);
            let (kind, division) = (kind.to_owned(), division.to_owned());
            Sized {
                stratum: Stratum { kind, division, take: asked.min(size) },
                size,
                short: (asked > size).then_some(asked),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::parse_date;

    #[test]
    fn months_end_where_the_month_does() {
        let at = |text: &str| Instant::start_of(parse_date(text).unwrap());
        assert_eq!(months_before(at("2026-08-31"), 6), at("2026-02-28"));
        assert_eq!(months_before(at("2026-03-05"), 3), at("2025-12-05"));
        assert_eq!(months_before(at("2026-01-05"), 36), at("2023-01-05"));
    }
}
