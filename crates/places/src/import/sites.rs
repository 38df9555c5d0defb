use super::Options;
use super::cells::{self, Causes};
use super::sections::outcome;
use crate::columns::{ADDRESS, CODE, NAME, NUMBER, TYPE, UNIT};
use crate::commands::insert_site;
use crate::index::PlaceIndex;
use crate::model::{SiteDraft, SiteType};
use crate::{queries, store as rows};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use sheets::{Remark, Report, Row, Source};
use store::Tx;

/// Reads sites. Needs a name, a position and a type: its code, its name in either language, or words by which the type is
/// known (which is reported).
pub fn sites(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    source: &mut Source,
    options: &Options,
) -> Result<Report> {
    let types = queries::site_types(tx)?;
    cells::each_row(source, |row| {
        let (draft, repairs) = match read(row, &types, options) {
            Ok(read) => read,
            Err(causes) => return Ok(Err(causes)),
        };
        if rows::site_by_number(tx, NUMBER.of(row))?.is_some() {
            return Ok(Err(Causes::one(NUMBER.name, "site-exists")));
        }
        outcome(insert_site(ctx, tx, index, &types, draft).map(drop), repairs)
    })
}

fn read(
    row: &Row,
    types: &[SiteType],
    options: &Options,
) -> std::result::Result<(SiteDraft, Vec<Remark>), Causes> {
    let (mut causes, mut repairs) = (Causes::default(), Vec::new());
    let name = cells::needed(&mut causes, &NAME, row);
    let type_code = match (known(types, TYPE.of(row)), &options.default_type) {
        (Some((code, exact)), _) => {
            if !exact {
                repairs.push(Remark::new(row.number(), TYPE.name, "place_type_by_words"));
            }
            code
        }
        (None, Some(code)) => {
            repairs.push(Remark::new(row.number(), TYPE.name, "place_type_by_default"));
            code.clone()
        }
        (None, None) => {
            let text = TYPE.of(row);
            let known = types.iter().map(|t| t.name_zh.as_str());
            causes.add(
                TYPE.name,
                if text.is_empty() { "blank".to_owned() } else { near("unknown_value", text, known) },
            );
            String::new()
        }
    };
    let unit = UNIT.of(row);
    let unit_id = options.units.get(unit).copied();
    if unit_id.is_none() && !unit.is_empty() {
        let known = options.units.keys().map(String::as_str);
        repairs.push(Remark::new(row.number(), UNIT.name, near("place_unknown_unit", unit, known)));
    }
    let accuracy_m = cells::accuracy(&mut causes, row);
    let point = cells::point(&mut causes, row, options.crs);
    let code = cells::optional(&CODE, row).or_else(|| cells::optional(&NUMBER, row));
    match point {
        Some(point) if causes.is_empty() => {
            let (crs, address) = (options.crs, cells::optional(&ADDRESS, row));
            Ok((SiteDraft { code, name, type_code, point, crs, accuracy_m, address, unit_id }, repairs))
        }
        _ => Err(causes),
    }
}

/// The type a text names, and whether it names it exactly. Of several words found in the text the longest counts, because
/// 学校周边 says more than 学校.
fn known(types: &[SiteType], text: &str) -> Option<(String, bool)> {
    let exact =
        types.iter().find(|t| t.code == text || t.name_zh == text || t.name_en.eq_ignore_ascii_case(text));
    if let Some(found) = exact {
        return Some((found.code.clone(), true));
    }
    let words = types.iter().flat_map(|t| {
        let names = t.words.split_whitespace().chain([t.name_zh.as_str()]);
        names.filter(|word| text.contains(word)).map(move |word| (word.chars().count(), t))
    });
    // `max_by_key` would take the last of equals
    words.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, t)| (t.code.clone(), false))
}

/// Names proposed for one that is not known.
const PROPOSED: usize = 3;

/// A reason with the names behind it that may have been meant, the nearest first. Nothing is guessed: a person chooses.
fn near<'a>(reason: &str, text: &str, known: impl Iterator<Item = &'a str>) -> String {
    let asked = names::Text::new(text);
    let mut found: Vec<(u32, &str)> = known
        .filter_map(|name| Some((names::compare(&asked, &names::Text::new(name))?.score, name)))
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let proposed: Vec<&str> = found.into_iter().take(PROPOSED).map(|(_, name)| name).collect();
    if proposed.is_empty() { reason.to_owned() } else { format!("{reason}: {}", proposed.join("、")) }
}

#[cfg(test)]
#[test]
fn what_may_have_been_meant_is_proposed() {
    let known = ["集贸市场", "公园", "中小学校"];
    assert_eq!(near("unknown_value", "集贸试场", known.into_iter()), "unknown_value: 集贸市场");
    assert_eq!(near("unknown_value", "没有的类型", known.into_iter()), "unknown_value");
}
