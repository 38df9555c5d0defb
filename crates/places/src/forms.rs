//! What forms send, turned into drafts, or into every fault at once.

use crate::model::{SectionClass, SectionDraft, SiteDraft, SourceCrs};
use crate::shape::{self, Fault};
use crate::units::Units;
use kernel::calendar::DutyHours;
use kernel::ctx::Unit;
use kernel::geometry::{Area, Line};
use kernel::id::Id;
use kernel::problem::{FieldError, Findings, Problem, Result};
use web::Form;
use web::form::Upload;

type Field<T> = std::result::Result<T, FieldError>;

/// The version the person saw.
pub(crate) fn version(form: &Form) -> Result<i64> {
    form.text("version").parse().map_err(|_| Problem::stale())
}

pub(crate) fn crs(form: &Form) -> Field<SourceCrs> {
    Ok(form.choice("place_crs")?.unwrap_or(SourceCrs::Cgcs2000))
}

fn accuracy(form: &Form) -> Field<Option<f64>> {
    form.number("place_accuracy")
}

fn unit(form: &Form, units: &Units) -> Field<Option<Id<Unit>>> {
    let wrong = || FieldError::new("place_unit", "not-a-choice");
    match form.text("place_unit") {
        "" => Ok(None),
        text => text.parse().ok().filter(|id| units.knows(*id)).map(Some).ok_or_else(wrong),
    }
}

/// The text of a file, which must be UTF-8.
fn file_text(upload: &Upload) -> Option<String> {
    let text = String::from_utf8(upload.bytes.to_vec()).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim();
    // a table's header above the pairs
    let headed = text.lines().next().is_some_and(|l| l.contains(',') && l.chars().any(char::is_alphabetic));
    let body = if headed && !text.starts_with('{') && !text.to_ascii_uppercase().starts_with("LINESTRING") {
        text.split_once('\n').map_or("", |(_, rest)| rest)
    } else {
        text
    };
    Some(body.to_owned())
}

/// The line that was drawn or typed, or the file that was sent instead.
fn line(form: &Form, crs: SourceCrs) -> Field<Line> {
    let fault = |fault: Fault| FieldError::new("geometry", fault.field_code());
    if let Some(upload) = form.files.iter().find(|f| f.field == "geometry_file") {
        let text = file_text(upload).ok_or_else(|| fault(Fault::Unreadable))?;
        return shape::line_from_text(&text, crs).map_err(fault);
    }
    match form.text("geometry") {
        "" => Err(FieldError::new("geometry", "required")),
        text => shape::line_from_text(text, crs).map_err(fault),
    }
}

pub(crate) fn section(form: &Form) -> Result<SectionDraft> {
    let mut findings = Findings::default();
    let street = findings.take(form.required("street", 80));
    let from = findings.take(form.required("from_crossing", 80));
    let to = findings.take(form.required("to_crossing", 80));
    let code = findings.take(form.optional("place_code", 40));
    let class = findings.take(
        form.choice::<SectionClass>("road_class")
            .and_then(|class| class.ok_or_else(|| FieldError::new("road_class", "required"))),
    );
    let crs = findings.take(crs(form));
    let accuracy_m = findings.take(accuracy(form));
    let valid_from = findings.take(form.date("valid_from"));
    let line = findings.take(line(form, crs.unwrap_or(SourceCrs::Cgcs2000)));
    findings.done()?;
    let all = (street, from, to, class, line);
    let (Some(street), Some(from_crossing), Some(to_crossing), Some(class), Some(line)) = all else {
        return Err(Problem::internal("a form without faults lacks a field"));
    };
    Ok(SectionDraft {
        code: code.flatten(),
        street,
        from_crossing,
        to_crossing,
        class,
        line,
        crs: crs.unwrap_or(SourceCrs::Cgcs2000),
        accuracy_m: accuracy_m.flatten(),
        valid_from: valid_from.flatten(),
    })
}

pub(crate) fn site(form: &Form, units: &Units) -> Result<SiteDraft> {
    let mut findings = Findings::default();
    let name = findings.take(form.required("place_name", 80));
    let type_code = findings.take(form.required("place_type", 40));
    let code = findings.take(form.optional("place_code", 40));
    let address = findings.take(form.optional("place_address", 120));
    let accuracy_m = findings.take(accuracy(form));
    let unit_id = findings.take(unit(form, units));
    let crs = findings.take(crs(form)).unwrap_or(SourceCrs::Cgcs2000);
    let coordinate = |name| form.number::<f64>(name)?.ok_or_else(|| FieldError::new(name, "required"));
    let (lng, lat) = (findings.take(coordinate("place_lng")), findings.take(coordinate("place_lat")));
    let point = lng.zip(lat).and_then(|(lng, lat)| {
        findings
            .take(shape::position(lng, lat, crs).map_err(|f| FieldError::new("place_lng", f.field_code())))
    });
    findings.done()?;
    let (Some(name), Some(type_code), Some(point)) = (name, type_code, point) else {
        return Err(Problem::internal("a form without faults lacks a field"));
    };
    Ok(SiteDraft {
        code: code.flatten(),
        name,
        type_code,
        point,
        crs,
        accuracy_m: accuracy_m.flatten(),
        address: address.flatten(),
        unit_id: unit_id.flatten(),
    })
}

pub(crate) fn division(form: &Form, units: &Units) -> Result<crate::commands::DivisionDraft> {
    let mut findings = Findings::default();
    let name = findings.take(form.required("place_name", 80)).unwrap_or_default();
    let level = findings.take(form.required("place_level", 20)).unwrap_or_default();
    let unit_id = findings.take(unit(form, units)).flatten();
    let crs = findings.take(crs(form)).unwrap_or(SourceCrs::Cgcs2000);
    let area = findings.take(area(form, crs)).flatten();
    findings.done()?;
    Ok(crate::commands::DivisionDraft { name, level, unit_id, area })
}

fn area(form: &Form, crs: SourceCrs) -> Field<Option<Area>> {
    let fault = |fault: Fault| FieldError::new("geometry_file", fault.field_code());
    match form.files.iter().find(|f| f.field == "geometry_file") {
        None => Ok(None),
        Some(upload) => {
            let text = file_text(upload).ok_or_else(|| fault(Fault::Unreadable))?;
            shape::area_from_text(&text, crs).map(Some).map_err(fault)
        }
    }
}

/// Hours of duty, a field a weekday: `08:30-12:00 14:30-18:00`.
pub(crate) fn duty(form: &Form) -> Result<DutyHours> {
    let mut findings = Findings::default();
    let weekdays = DUTY_FIELDS.map(|field| {
        let spans = spans(form.text(field)).ok_or_else(|| FieldError::new(field, "duty-spans"));
        findings.take(spans).unwrap_or_default()
    });
    findings.done()?;
    DutyHours::new(weekdays)
        .map_err(|e| Problem::field(DUTY_FIELDS.get(e.weekday).copied().unwrap_or("duty_0"), "duty-spans"))
}

pub(crate) const DUTY_FIELDS: [&str; 7] =
    ["duty_0", "duty_1", "duty_2", "duty_3", "duty_4", "duty_5", "duty_6"];

fn spans(text: &str) -> Option<Vec<(u16, u16)>> {
    let text = text
        .replace(['，', ',', '；', ';', '、'], " ")
        .replace(['：'], ":")
        .replace(['—', '–', '~', '至'], "-");
    text.split_whitespace()
        .map(|span| {
            let (from, to) = span.split_once('-')?;
            Some((minutes(from)?, minutes(to)?))
        })
        .collect()
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The text that [`duty`] reads.
pub(crate) fn duty_text(spans: &[(u16, u16)]) -> String {
    let time = |m: u16| format!("{:02}:{:02}", m / 60, m % 60);
    spans.iter().map(|(from, to)| format!("{}-{}", time(*from), time(*to))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duty_hours_are_read_as_people_write_them() {
        let all = |text: &str| {
            let pairs: Vec<(&str, &str)> = DUTY_FIELDS.iter().map(|f| (*f, text)).collect();
            duty(&Form::from_pairs(&pairs))
        };
        let read = all("8:30－12:00".replace('－', "-").as_str()).unwrap();
        assert_eq!(duty_text(read.of(0)), "08:30-12:00");
        assert_eq!(duty_text(all("08：30—12：00，14：30至18：00").unwrap().of(6)), "08:30-12:00 14:30-18:00");
        for wrong in ["", "8-12", "12:00-08:00", "08:00-12:00 11:00-13:00", "25:00-26:00"] {
            assert!(all(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_section_form_tells_everything_that_is_wrong() {
        let problem = section(&Form::from_pairs(&[("street", "x"), ("geometry", "nonsense")])).unwrap_err();
        let fields: Vec<&str> = problem.fields.iter().map(|f| f.field.as_ref()).collect();
        assert_eq!(fields, ["from_crossing", "to_crossing", "road_class", "geometry"]);
    }
}
