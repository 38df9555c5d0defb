//! What the register exports: the columns of [`crate::columns`], which the import reads again.

use crate::columns::{self, Column};
use crate::model::Adoption;
use crate::queries::Names;
use kernel::ctx::Locale;
use sheets::{Cell, Kind};

/// The columns with their titles in the reader's language.
pub(crate) fn titles(text: impl Fn(String) -> String) -> Vec<sheets::Column> {
    columns::ALL.iter().map(|c| sheets::Column::new(text(format!("label-{}", c.name)), kind(c))).collect()
}

fn kind(column: &Column) -> Kind {
    match column.name {
        "adoption_from_m" | "adoption_to_m" => Kind::Real,
        "adoption_from" | "adoption_until" => Kind::Date,
        "adoption_public_phone" => Kind::Int,
        _ => Kind::Text,
    }
}

/// Metres to a decimetre: finer than anybody measures, and read back within the tolerance.
fn decimetres(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}

/// A row of the register.
pub(crate) fn row<'a>(a: &'a Adoption, names: &'a Names, locale: Locale) -> Vec<Cell<'a>> {
    let label = names.sections.get(&a.section_id);
    columns::ALL
        .iter()
        .map(|column| match column.name {
            "adoption_number" => a.number.as_str().into(),
            "adoption_section" => label.map(|l| l.number.as_str()).into(),
            "street" => label.map(|l| l.street.as_str()).into(),
            "from_crossing" => label.map(|l| l.from_crossing.as_str()).into(),
            "to_crossing" => label.map(|l| l.to_crossing.as_str()).into(),
            "adoption_from_m" => decimetres(a.from_m).into(),
            "adoption_to_m" => decimetres(a.to_m).into(),
            "adoption_unit_code" => names.unit_code(a.unit_id).into(),
            "adoption_unit" => names.unit(a.unit_id).into(),
            "adoption_leader" => a.leader.as_str().into(),
            "adoption_phone" => a.phone.as_str().into(),
            "adoption_public_phone" => i64::from(a.public_phone).into(),
            "adoption_standard" => names.standard(a.standard_id).map(|s| s.name(locale)).into(),
            "adoption_from" => a.from_date.into(),
            "adoption_until" => a.until_date.into(),
            _ => a.shared.as_str().into(),
        })
        .collect()
}
