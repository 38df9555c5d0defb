use super::Options;
use super::cells::{self, Causes, Outcome};
use crate::columns::{CODE, LEVEL, NAME, PARENT, UNIT};
use crate::model::{AreaText, Division};
use crate::policy::{Act, POLICY};
use crate::{naming, store as rows};
use kernel::ctx::{Ctx, Unit};
use kernel::geometry::Area;
use kernel::id::Id;
use kernel::policy::Standing;
use kernel::problem::Result;
use sheets::{Remark, Report, Row, Source};
use store::Tx;

/// A row that can be read.
struct Wanted {
    row: u64,
    code: String,
    name: String,
    level: Option<String>,
    parent: Option<String>,
    unit: Option<Id<Unit>>,
    area: Option<Area>,
    repairs: Vec<Remark>,
}

/// Reads divisions by their statistical codes, in any order. A division that is there already gets what the row has: so a
/// list of names can come first and a map of areas later. Divisions of other cities are refused.
pub fn divisions(ctx: &Ctx, tx: &mut Tx<'_>, source: &mut Source, options: &Options) -> Result<Report> {
    POLICY.require(ctx, Act::Shape, &Standing::city(), true)?;
    let prefix = city_prefix(ctx.city.as_str());
    let mut outcomes: Vec<(u64, Outcome)> = Vec::new();
    let mut wanted: Vec<Wanted> = Vec::new();
    for row in source.rows().map_err(super::no_table)? {
        let row = row.map_err(super::no_table)?;
        match read(&row, prefix, options) {
            Ok(one) if wanted.iter().any(|w| w.code == one.code) => {
                outcomes.push((one.row, Err(Causes::one(CODE.name, "duplicate_id"))));
            }
            Ok(one) => wanted.push(one),
            Err(causes) => outcomes.push((row.number(), Err(causes))),
        }
    }
    // parents have shorter or smaller codes
    wanted.sort_by(|a, b| (a.code.len(), &a.code).cmp(&(b.code.len(), &b.code)));
    for one in wanted {
        outcomes.push((one.row, save(tx, one)?));
    }
    outcomes.sort_by_key(|(row, _)| *row);
    let mut report = Report::default();
    for (row, outcome) in outcomes {
        cells::count(&mut report, row, outcome);
    }
    Ok(report)
}

/// What codes of the city's divisions begin with: `6202` for the city 620200, `110101` for a district.
pub(crate) fn city_prefix(city: &str) -> &str {
    city.strip_suffix("00").unwrap_or(city)
}

fn read(row: &Row, prefix: &str, options: &Options) -> std::result::Result<Wanted, Causes> {
    let mut causes = Causes::default();
    let mut repairs = Vec::new();
    let code = code_of(row);
    match code.len() {
        6 | 9 | 12 if code.bytes().all(|b| b.is_ascii_digit()) => {
            if !code.starts_with(prefix) {
                causes.add(CODE.name, "place_other_city");
            }
        }
        0 => causes.add(CODE.name, "blank"),
        _ => causes.add(CODE.name, "place_division_code"),
    }
    let name = cells::needed(&mut causes, &NAME, row);
    let area = cells::area(&mut causes, row, options.crs);
    let unit = options.units.get(UNIT.of(row)).copied();
    if unit.is_none() && !UNIT.of(row).is_empty() {
        repairs.push(Remark::new(row.number(), UNIT.name, "place_unknown_unit"));
    }
    if !causes.is_empty() {
        return Err(causes);
    }
    let parent = cells::optional(&PARENT, row).map(|p| if p.len() == 4 { format!("{p}00") } else { p });
    Ok(Wanted {
        row: row.number(),
        code,
        name,
        level: cells::optional(&LEVEL, row),
        parent,
        unit,
        area,
        repairs,
    })
}

/// The code, also where it is short of its noughts (6202) or carries the country's 156 before it, as map data do (`gb`).
fn code_of(row: &Row) -> String {
    let code = match (CODE.of(row), row.get("gb").map(str::trim)) {
        ("", Some(gb)) => gb.strip_prefix("156").unwrap_or(gb),
        (code, _) => code,
    };
    if code.len() == 4 { format!("{code}00") } else { code.to_owned() }
}

fn save(tx: &mut Tx<'_>, one: Wanted) -> Result<Outcome> {
    let mut repairs = one.repairs;
    let parent = one.parent.clone().or_else(|| parent_of(&one.code));
    let parent_id = match parent.filter(|p| *p != one.code) {
        Some(code) => rows::division_by_code(tx, &code)?.map(|d| d.id),
        None => None,
    };
    if let Some(before) = rows::division_by_code(tx, &one.code)? {
        let after = Division {
            name: one.name,
            level: one.level.unwrap_or_else(|| before.level.clone()),
            parent_id: parent_id.or(before.parent_id),
            unit_id: one.unit.or(before.unit_id),
            area: one.area.map(AreaText).or_else(|| before.area.clone()),
            ..before.clone()
        };
        if after != before {
            tx.save(&after)?;
            naming::division(tx, after.id, &after.name)?;
            repairs.push(Remark::new(one.row, CODE.name, "place_updated"));
        }
        return Ok(Ok(repairs));
    }
    if parent_id.is_none() && one.parent.is_some() {
        return Ok(Err(Causes::one(PARENT.name, "place_unknown_parent")));
    }
    let level = one.level.unwrap_or_else(|| level_of(&one.code, &one.name).to_owned());
    let id = tx.new_id();
    let area = one.area.map(AreaText);
    naming::division(tx, id, &one.name)?;
    tx.insert(&Division {
        id,
        code: one.code,
        name: one.name,
        level,
        parent_id,
        unit_id: one.unit,
        area,
        version: 1,
    })?;
    Ok(Ok(repairs))
}

/// The code above: 620201001001 → 620201001 → 620201 → 620200.
fn parent_of(code: &str) -> Option<String> {
    match code.len() {
        12 => Some(code[..9].to_owned()),
        9 => Some(code[..6].to_owned()),
        _ if code.ends_with("00") => None,
        _ => Some(format!("{}00", &code[..4])),
    }
}

/// The level that a code's length, its street number (001-099 streets, from 100 towns) and the name tell.
fn level_of(code: &str, name: &str) -> &'static str {
    match code.len() {
        6 if code.ends_with("00") => "city",
        6 => "county",
        9 if &code[6..] < "100" => "street",
        9 => "town",
        _ if name.contains('村') => "village",
        _ => "community",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_parent_and_level() {
        assert_eq!(parent_of("620201001001").as_deref(), Some("620201001"));
        assert_eq!(parent_of("620201001").as_deref(), Some("620201"));
        assert_eq!(parent_of("620201").as_deref(), Some("620200"));
        assert_eq!(parent_of("620200"), None);
        assert_eq!(level_of("620201100", "新城镇"), "town");
        assert_eq!(level_of("620201001", "雄关街道"), "street");
        assert_eq!(level_of("620201100200", "泥沟村村民委员会"), "village");
        assert_eq!(city_prefix("620200"), "6202");
        assert_eq!(city_prefix("110101"), "110101");
    }
}
