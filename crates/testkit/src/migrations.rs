//! The migrations of a test's city, by the names of the features that it has.

use store::Migration;

/// The migrations of these features, all of each, in this order: `migrations!(web, people, places)`. A city from before one of
/// them: `migrations!(web, people, cases; without "cases" 2)`. Works where a constant is wanted.
#[macro_export]
macro_rules! migrations {
    ($($feature:ident),+ $(,)?) => { $crate::migrations!($($feature),+; without "" 0) };
    ($($feature:ident),+; without $area:literal $number:literal) => {{
        const PARTS: &[&[::store::Migration]] = &[$(::$feature::MIGRATIONS),+];
        const ALL: [::store::Migration; $crate::migrations::count(PARTS, $area, $number)] =
            $crate::migrations::join(PARTS, $area, $number);
        &ALL
    }};
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut n = 0;
    while n < a.len() {
        if a[n] != b[n] {
            return false;
        }
        n += 1;
    }
    true
}

const fn is(migration: &Migration, area: &str, number: i64) -> bool {
    migration.number == number && same(migration.area, area)
}

/// How many there are without that one.
pub const fn count(parts: &[&[Migration]], area: &str, number: i64) -> usize {
    let (mut part, mut found) = (0, 0);
    while part < parts.len() {
        let mut n = 0;
        while n < parts[part].len() {
            if !is(&parts[part][n], area, number) {
                found += 1;
            }
            n += 1;
        }
        part += 1;
    }
    found
}

/// All of them without that one, `N` as [`count`] says.
pub const fn join<const N: usize>(parts: &[&[Migration]], area: &str, number: i64) -> [Migration; N] {
    let mut all = [Migration { area: "", number: 0, sql: "" }; N];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut n = 0;
        while n < parts[part].len() {
            if !is(&parts[part][n], area, number) {
                all[at] = parts[part][n];
                at += 1;
            }
            n += 1;
        }
        part += 1;
    }
    all
}
