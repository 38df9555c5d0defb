//! Three rounds of inspections of the town's points, as the workbooks that a city would keep. From round to round a little less is
//! taken off. The last is as it comes from outside: with short names of units, slips of the pen, numbers that come twice.

use crate::MARK;
use crate::dice::Dice;
use crate::town::{Site, Town, Unit};
use std::fmt::Write;

/// A workbook, as CSV.
#[derive(Clone, Debug)]
pub struct Workbook {
    pub name: String,
    pub table: String,
    /// Days before today on which the round ended.
    pub days_ago: i64,
}

/// Items that are looked at, with the numbers of their parts.
const ITEMS: [(&str, &[&str]); 6] = [
    ("公共环境", &["1", "2", "3"]),
    ("基础设施", &["1", "2"]),
    ("公共秩序", &["1", "2"]),
    ("文明行为", &[""]),
    ("公益宣传", &["1", "2"]),
    ("窗口服务", &[""]),
];

/// Rounds: name, days ago, and how often something is taken off.
const ROUNDS: [(&str, i64, f64); 3] = [("第一轮", 230, 0.36), ("第二轮", 120, 0.28), ("第三轮", 9, 0.21)];

/// Points of a round.
const POINTS: usize = 130;

/// Names of the items, as the table beside the workbooks has them.
pub fn items() -> impl Iterator<Item = &'static str> {
    ITEMS.iter().map(|(name, _)| *name)
}

/// The workbooks, the earliest first.
pub fn write(seed: u64, town: &Town) -> Vec<Workbook> {
    let mut all = Vec::with_capacity(ROUNDS.len());
    for (n, (name, days_ago, faults)) in ROUNDS.into_iter().enumerate() {
        let mut dice = Dice::of(seed, &format!("rounds-{n}"));
        let last = n + 1 == ROUNDS.len();
        all.push(Workbook {
            name: format!("{name}实地考察（{MARK}）"),
            table: table(&mut dice, town, faults, last),
            days_ago,
        });
    }
    all
}

/// The street or town office's area that a site lies in.
fn street<'a>(town: &'a Town, site: &Site) -> &'a str {
    let mut code = site.division.as_str();
    for _ in 0..4 {
        let Some(division) = town.divisions.iter().find(|d| d.code == code) else { break };
        if matches!(division.level.as_str(), "street" | "town") {
            return &division.name;
        }
        code = division.parent.as_deref().unwrap_or_default();
    }
    ""
}

fn unit<'a>(town: &'a Town, n: usize, short: bool) -> &'a str {
    let name = |unit: &'a Unit| if short { unit.short.as_str() } else { unit.name.as_str() };
    town.units.get(n).map(name).unwrap_or_default()
}

fn table(dice: &mut Dice, town: &Town, faults: f64, as_it_comes: bool) -> String {
    let mut out = String::from("序号,项目,考察点位,扣分,得分,区域,责任单位2,责任单位3,备注\n");
    for n in 1..=POINTS {
        let site = dice.pick(&town.sites);
        let (item, parts) = *dice.pick(&ITEMS);
        let part = *dice.pick(parts);
        let lost = if dice.chance(faults) { *dice.pick(&["0.25", "0.5", "0.5", "1"]) } else { "" };
        let (odd, nobody) = (dice.chance(0.05), dice.chance(0.12));
        let second = if dice.chance(0.15) { dice.below(town.units.len()) } else { 0 };
        let serial = if as_it_comes && n % 60 == 0 { n - 1 } else { n };
        let item = if as_it_comes && odd && item == "公益宣传" { "公益宣穿" } else { item };
        let first = if nobody { "" } else { unit(town, site.unit, as_it_comes && odd) };
        let second = if second == 0 || nobody { "" } else { unit(town, second, false) };
        let given = match lost {
            "" => "1",
            "0.25" => "0.75",
            "0.5" => "0.5",
            _ => "0",
        };
        // names of the town hold no commas
        let _ = writeln!(
            out,
            "{serial},{item}{part},{},{lost},{given},{},{first},{second},{MARK}",
            site.name,
            street(town, site),
        );
    }
    out
}
