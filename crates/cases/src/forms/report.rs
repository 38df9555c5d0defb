//! A report: from the public page, from staff who enter it for somebody, from a program.

use super::extras::{answers, chosen};
use super::item;
use crate::commands::NewCase;
use crate::desk::Desk;
use crate::model::{Reporter, Source};
use ::store::files::Quarantined;
use kernel::coords::{Crs, Point};
use kernel::problem::{FieldError, Findings, Result};
use places::PlaceIndex;
use web::Form;

/// The position in two fields of a form; none when both are empty.
fn position(form: &Form) -> std::result::Result<Option<Point>, FieldError> {
    let (lng, lat) = (form.number::<f64>("lng")?, form.number::<f64>("lat")?);
    match (lng, lat) {
        (None, None) => Ok(None),
        (lng, lat) => lng
            .zip(lat)
            .and_then(|(lng, lat)| Point::checked(lng, lat))
            .map(Some)
            .ok_or_else(|| FieldError::new("lng", "not-a-place")),
    }
}

/// What comes with a report beside its fields.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub photos: Vec<(Quarantined, String)>,
    /// How many pictures came, also where they have not been received yet.
    pub photo_count: usize,
    /// Whether it is said in a recording.
    pub recorded: bool,
    /// Where a camera says that the first picture was taken, WGS-84.
    pub camera: Option<Point>,
    /// Where the sign with the QR code hangs.
    pub sign: Option<Point>,
}

/// Checks a report. A pin comes before the camera's notes, these before the place of the sign.
pub(crate) fn report(
    form: &Form,
    source: Source,
    desk: &Desk,
    index: &PlaceIndex,
    given: Given,
) -> Result<NewCase> {
    let mut findings = Findings::default();
    let description = findings.take(form.optional("description", 4000)).flatten().unwrap_or_default();
    let mut new = NewCase::new(source, &description);
    let kind = chosen(form.text("kind"), form.text("other_kind"));
    new.item = findings.take(item(&desk.catalogue, "kind", kind)).flatten();
    new.answers = answers(form, desk, new.item, &mut findings);
    new.title = findings.take(form.optional("title", 120)).flatten().unwrap_or_default();
    new.address = findings.take(form.optional("address", 200)).flatten().unwrap_or_default();
    new.urgent = form.ticked("urgent");
    new.accuracy_m = findings.take(form.number::<f64>("accuracy")).flatten();
    let pin = findings.take(position(form)).flatten();
    if let Some(pin) = pin {
        findings.check(index.inside_city(pin), "place", "outside-city");
        new.place = Some(pin);
    } else if let Some(camera) = given.camera.filter(|p| index.inside_city(*p)) {
        // a picture may be taken elsewhere or earlier: outside the city it says nothing
        (new.place, new.crs) = (Some(camera), Crs::Wgs84);
    } else {
        new.place = given.sign;
    }
    findings.check(new.place.is_some() || !new.address.is_empty(), "place", "place-needed");
    let told = !description.is_empty() || given.photo_count > 0 || given.recorded;
    findings.check(told, "description", "photo-or-told");
    new.reporter = reporter(form, &mut findings);
    findings.done()?;
    new.photos = given.photos;
    Ok(new)
}

fn reporter(form: &Form, findings: &mut Findings) -> Reporter {
    let mut text = |name, max| findings.take(form.optional(name, max)).flatten().unwrap_or_default();
    let (name, phone, mail) = (text("reporter", 40), text("phone", 20), text("mail", 200));
    let phone_fits = phone.is_empty() || kernel::identifiers::Phone::parse(&phone).is_ok();
    findings.check(phone_fits, "phone", "not-a-phone");
    findings.check(mail.is_empty() || mail.contains('@'), "mail", "not-a-mail");
    let wants_answer = !phone.is_empty() || !mail.is_empty();
    Reporter {
        name: name.into(),
        phone: phone.into(),
        mail: mail.into(),
        wants_answer,
        ..Reporter::default()
    }
}
