//! The fields of a report, for the public page and for staff who enter it for somebody.

use super::kept_photos::Kept;
use super::recordings::Recorder;
use super::shown::{Asking, CityMap, Group, asking, common_kinds, groups};
use crate::commands::NewCase;
use crate::desk::{Desk, Sign};
use crate::model::Item;
use ::store::words::index_tokens;
use kernel::id::Id;
use kernel::problem::Result;
use places::PlaceIndex;
use web::error::OrFail;
use web::form::Filled;
use web::parts::Choice;
use web::{Answer, Form, Req};

/// Most pictures of a report.
pub const PHOTOS: usize = 6;

/// What the fields need to be drawn.
pub(crate) struct Fields {
    pub kinds: Vec<Choice>,
    pub groups: Vec<Group>,
    pub map: CityMap,
    /// The sign whose code was scanned.
    pub sign: Option<Sign>,
    /// Whether a kind is chosen that is none of the common ones. Nothing is chosen before somebody has.
    pub other: bool,
    /// What is asked beside the usual, once a kind is chosen.
    pub extras: Asking,
    /// Files of before, which wait for the form to be sent again.
    pub kept: Kept,
    /// Where the city takes recordings.
    pub recorder: Option<Recorder>,
}

impl Fields {
    /// With files that wait.
    pub(crate) fn keeping(self, kept: Kept) -> Self {
        Self { kept, ..self }
    }

    /// With a way to say it, where the city takes that.
    pub(crate) fn hearing(self, limits: Option<&sound::Limits>) -> Self {
        Self { recorder: limits.map(Recorder::of), ..self }
    }

    pub(crate) fn new(req: &Req, desk: &Desk, index: &PlaceIndex, sign: Option<Sign>, form: &Filled) -> Self {
        let kinds = common_kinds(&req.ui(), &desk.catalogue);
        Self {
            other: !form.value("other_kind").is_empty() && !kinds.iter().any(|k| form.is("kind", &k.value)),
            kinds,
            extras: asking(&req.ui(), &desk.catalogue, form),
            kept: Kept::default(),
            recorder: None,
            groups: groups(&desk.catalogue, true, ""),
            map: CityMap::new(index, sign.as_ref().map(|s| s.place)),
            sign,
        }
    }
}

/// The section or stretch that a QR code names. An unknown one is no reason not to report.
pub(crate) async fn sign(
    req: &Req,
    desk: &std::sync::Arc<Desk>,
    section: &str,
    stretch: &str,
) -> Answer<Option<Sign>> {
    if section.is_empty() && stretch.is_empty() {
        return Ok(None);
    }
    let (desk, section, stretch) = (desk.clone(), section.to_owned(), stretch.to_owned());
    let found: Result<Option<Sign>> = req
        .read(move |_, tx| {
            if !stretch.is_empty()
                && let Some(sign) = desk.register.sign(tx, &stretch)?
            {
                return Ok(Some(sign));
            }
            if section.is_empty() {
                return Ok(None);
            }
            let section = places::queries::section_by_number(tx, &section)?;
            Ok(Some(Sign { name: section.name(), place: section.line.point_at(section.length_m / 2.0) }))
        })
        .await;
    match found {
        Err(problem) if problem.status == 404 => Ok(None),
        found => found.or_fail(req),
    }
}

pub(crate) fn photo_count(form: &Form) -> usize {
    form.files.iter().filter(|u| u.field == "photos").count()
}

/// Whether a form without script is sent only to see what its kind asks.
pub(crate) fn only_asks(form: &Form) -> bool {
    form.ticked("ask")
}

/// The search tokens of a report, made before the transaction.
pub fn words(desk: &Desk, new: &NewCase) -> String {
    search_words(desk, new.item, &new.title, &new.description, &new.address)
}

pub(crate) fn search_words(
    desk: &Desk,
    item: Option<Id<Item>>,
    title: &str,
    description: &str,
    address: &str,
) -> String {
    index_tokens(&format!("{title} {description} {address} {}", desk.catalogue.name(item)))
}
