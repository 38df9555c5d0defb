//! What a sender sends: the fields of `POST requests` and `POST servicerequestupdates`, turned into arguments of commands or
//! into every fault at once.

use crate::shapes::{CONDITION, OTHER, URGENT};
use cases::catalogue::extras::{Demand, NewAnswer, check};
use cases::commands::{NewCase, Outside};
use cases::desk::Desk;
use cases::model::{Item, Reporter, Source};
use cases::open;
use kernel::coords::{Crs, Point};
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::problem::{FieldError, Findings, Problem, Result};
use places::PlaceIndex;
use web::Form;

/// A place that the city has a number for.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    pub name: String,
    pub place: Point,
}

/// A report, ready for its command.
#[derive(Debug)]
pub struct Report {
    pub new: NewCase,
    /// The number it has in the sender's own system.
    pub outside: Option<String>,
}

/// Names of the parts that hold pictures.
pub const MEDIA: [&str; 2] = ["media", "media[]"];

const ANY_SOUND: sound::Limits = sound::Limits { bytes: usize::MAX, millis: u64::MAX };

/// Longest address of a picture that lies elsewhere.
const MEDIA_URL: usize = 2000;

/// The value of `attribute[code]`, also written `attribute[code][]`.
fn attribute<'f>(form: &'f Form, code: &str) -> &'f str {
    let once = format!("attribute[{code}]");
    let many = format!("attribute[{code}][]");
    let of = |wanted: &str| form.fields().find(|(name, _)| *name == wanted).map_or("", |(_, v)| v.trim());
    if of(&once).is_empty() { of(&many) } else { of(&once) }
}

fn text(form: &Form, name: &'static str, max: usize, findings: &mut Findings) -> String {
    findings.take(form.optional(name, max)).flatten().unwrap_or_default()
}

/// `address`: what the database knows of `address_id`, where that was given.
pub fn report(form: &Form, desk: &Desk, index: &PlaceIndex, address: Option<Address>) -> Result<Report> {
    let mut findings = Findings::default();
    let code = form.text("service_code");
    findings.check(!code.is_empty(), "service_code", "required");
    let item = open::item(desk, code);
    if !code.is_empty() && item.is_none() && code != OTHER {
        return Err(
            Problem::new(404, "service-unknown").arg("code", code.chars().take(40).collect::<String>())
        );
    }
    let description = described(form, &mut findings);
    let mut new = NewCase::new(Source::Citizen, &description);
    new.item = item;
    new.address = text(form, "address_string", 200, &mut findings);
    new.crs = Crs::Wgs84;
    new.place = findings.take(position(form)).flatten();
    if let Some(place) = new.place {
        findings.check(index.inside_city(place), "lat", "outside-city");
    } else if let Some(address) = address {
        (new.place, new.crs) = (Some(address.place), Crs::Cgcs2000);
        if new.address.is_empty() {
            new.address = address.name;
        }
    }
    findings.check(new.place.is_some() || !new.address.is_empty(), "address_string", "location-needed");
    let condition = attribute(form, CONDITION);
    let known = |item| desk.catalogue.conditions(item).iter().any(|(code, _)| code == condition);
    findings.check(condition.is_empty() || item.is_some_and(known), "attribute[condition]", "not-a-choice");
    condition.clone_into(&mut new.condition);
    match attribute(form, URGENT) {
        "" | "false" | "0" | "no" => {}
        "true" | "1" | "yes" => new.urgent = true,
        _ => findings.add(FieldError::new("attribute[urgent]", "not-a-choice")),
    }
    new.answers = answers(form, desk, item, &mut findings);
    new.reporter = reporter(form, &mut findings);
    let outside = ["external_id", "fixmystreet_id"].map(|code| attribute(form, code));
    let outside = outside.into_iter().find(|id| !id.is_empty()).map(str::to_owned);
    let fits = outside.as_ref().is_none_or(|id| id.chars().count() <= 100);
    findings.check(fits, "attribute[external_id]", "too-long");
    let strays = form.files.iter().any(|f| !MEDIA.contains(&f.field.as_str()));
    findings.check(!strays, "media", "unexpected-file");
    // the specification knows media that are shown; a voice never is
    let said = form.files.iter().any(|f| sound::examine(&f.bytes, &ANY_SOUND).is_ok());
    findings.check(!said, "media", "no-recordings");
    findings.done()?;
    if form.files.len() > open::PHOTOS {
        return Err(Problem::new(413, "too-many-files").arg("limit", open::PHOTOS));
    }
    Ok(Report { new, outside })
}

/// Answers to the further questions of the service. What is answered with codes that it does not have is left alone, as other
/// attributes are.
fn answers(form: &Form, desk: &Desk, item: Option<Id<Item>>, findings: &mut Findings) -> Vec<NewAnswer> {
    let name = |code: &str| format!("attribute[{code}]");
    let given = |code: &str| -> Vec<String> {
        let (once, many) = (name(code), format!("attribute[{code}][]"));
        form.all(&once).chain(form.all(&many)).map(str::to_owned).collect()
    };
    match check(desk.catalogue.extras(item), Demand::All, &given, &name) {
        Ok(answers) => answers,
        Err(faults) => {
            for fault in faults {
                findings.add(fault);
            }
            Vec::new()
        }
    }
}

/// The words, with the addresses of pictures that lie elsewhere on lines of their own: nothing is fetched from there.
fn described(form: &Form, findings: &mut Findings) -> String {
    let mut words = text(form, "description", 4000, findings);
    findings.check(!words.is_empty() || !form.files.is_empty(), "description", "words-or-media");
    for url in form.all("media_url").chain(form.all("media_url[]")) {
        let sound = (url.starts_with("https://") || url.starts_with("http://"))
            && url.len() <= MEDIA_URL
            && !url.chars().any(|c| c.is_whitespace() || c.is_control());
        findings.check(sound, "media_url", "not-a-link");
        if sound && words.chars().count() + url.len() < 4000 {
            words = format!("{words}\n{url}");
        }
    }
    words.trim().to_owned()
}

/// WGS 84 degrees; both or neither.
fn position(form: &Form) -> std::result::Result<Option<Point>, FieldError> {
    match (form.text("lat"), form.text("long")) {
        ("", "") => Ok(None),
        (lat, lng) => {
            let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
            let point = number(lng).zip(number(lat)).and_then(|(lng, lat)| Point::checked(lng, lat));
            point.map(Some).ok_or_else(|| FieldError::new("lat", "not-lat-long"))
        }
    }
}

fn reporter(form: &Form, findings: &mut Findings) -> Reporter {
    let (first, last) = (text(form, "first_name", 40, findings), text(form, "last_name", 40, findings));
    let phone = text(form, "phone", 20, findings);
    let mail = text(form, "email", 200, findings);
    findings.check(phone.is_empty() || Phone::parse(&phone).is_ok(), "phone", "not-a-phone");
    findings.check(mail.is_empty() || mail.contains('@'), "email", "not-a-mail");
    // 张 三 is written without a space, Jane Doe with one
    let western = first.is_ascii() && last.is_ascii();
    let name = if western { format!("{first} {last}") } else { format!("{last}{first}") };
    let name: String = name.trim().chars().take(40).collect();
    let wants_answer = !phone.is_empty() || !mail.is_empty();
    Reporter {
        name: name.into(),
        phone: phone.into(),
        mail: mail.into(),
        wants_answer,
        ..Reporter::default()
    }
}

impl Report {
    /// Names the sender's own system, once it is known whose key it is.
    pub fn from(mut self, person: i64) -> NewCase {
        self.new.outside = self.outside.map(|id| Outside { system: system(person), id });
        self.new
    }
}

/// What the systems of a key's owner are called in the register.
pub fn system(person: i64) -> String {
    format!("open311:{person}")
}

/// What another system says of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub number: String,
    pub update_id: String,
    pub words: String,
}

/// `status` is read and checked but moves nothing: only the city's own process does.
pub fn remark(form: &Form) -> Result<Remark> {
    let mut findings = Findings::default();
    let mut required = |name, max| findings.take(form.required(name, max)).unwrap_or_default();
    let (number, update_id) = (required("service_request_id", 40), required("update_id", 100));
    let mut words = required("description", 1800);
    let status = form.text("status").to_ascii_lowercase();
    let a_word = status.len() <= 40 && status.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    findings.check(a_word, "status", "not-open-closed");
    findings.take(crate::ask::w3c("updated_datetime", form, false));
    if let Some(url) = form.all("media_url").next() {
        let sound = url.starts_with("http") && url.len() <= 200 && !url.contains(char::is_whitespace);
        findings.check(sound, "media_url", "not-a-link");
        words = format!("{words}\n{url}");
    }
    findings.check(form.files.is_empty(), "media", "unexpected-file");
    findings.done()?;
    Ok(Remark { number, update_id, words })
}
