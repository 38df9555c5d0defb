//! What other features know of a case: shown beside it, and told what was decided. They bring a [`Neighbour`] each when a
//! city is opened; this crate knows none of them.

use crate::model::Case;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use std::sync::Arc;
use store::Tx;
use web::parts::{Photo, Tile};
use web::{City, Ui};

/// Something to know before one decides; never the decision.
#[derive(Clone, Debug, Default)]
pub struct Aside {
    pub title: String,
    pub text: String,
    /// Two pictures side by side, each under its own heading: the earlier one first.
    pub pair: Option<[Photo; 2]>,
    /// Where to read more and say what one found.
    pub href: String,
    pub link: String,
    pub mood: web::parts::Mood,
}

/// Values offered for a form's fields.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    pub title: String,
    pub lines: Vec<OfferLine>,
    /// Says what was shown; comes back with the form. Whoever reads it passes over what is another's.
    pub token: String,
    /// Fields that are filled in with it before anybody types.
    pub fills: Vec<(&'static str, String)>,
    /// Where to read more; empty for nowhere.
    pub href: String,
}

/// One field with its choices.
#[derive(Clone, Debug, Default)]
pub struct OfferLine {
    /// The form's field: `item`, `lead`.
    pub field: &'static str,
    pub label: String,
    pub choices: Vec<Offered>,
    /// What they rest on, and how often that was right.
    pub note: String,
}

/// One value, and why it is offered.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    pub value: String,
    pub text: String,
    /// "82 %".
    pub share: String,
    pub why: String,
}

/// A feature that knows something of cases.
pub trait Neighbour: Send + Sync {
    /// What this person may know of the case.
    fn asides(&self, _: &Ui, _: &Ctx, _: &mut Tx<'_>, _: &Case) -> Result<Vec<Aside>> {
        Ok(Vec::new())
    }

    /// Tiles for the office's morning: what of this feature waits for this person; nothing where nothing does.
    fn today(&self, _: &Ui, _: &Ctx, _: &mut Tx<'_>) -> Result<Vec<Tile>> {
        Ok(Vec::new())
    }

    /// What is offered for these fields of a form.
    fn offer(&self, _: &Ui, _: &Ctx, _: &mut Tx<'_>, _: &Case, _fields: &[&str]) -> Result<Option<Offer>> {
        Ok(None)
    }

    /// Where a receipt with this number is told of; none for numbers that are not this feature's.
    fn receipt(&self, _: &mut Tx<'_>, _number: &str) -> Result<Option<String>> {
        Ok(None)
    }

    /// A form with such an offer was sent and done, in the same transaction.
    fn taken(&self, _: &Ctx, _: &mut Tx<'_>, _after: &Case, _token: &str) -> Result<()> {
        Ok(())
    }
}

/// All neighbours of a city.
#[derive(Clone, Default)]
pub struct Neighbours(Vec<Arc<dyn Neighbour>>);

/// Brings a neighbour to a city, when it is opened.
pub fn bring(city: &City, neighbour: Arc<dyn Neighbour>) {
    let mut known = Neighbours::of(city);
    known.0.push(neighbour);
    city.keep(known);
}

impl Neighbours {
    pub fn of(city: &City) -> Self {
        city.kept::<Self>().map(|n| (*n).clone()).unwrap_or_default()
    }

    pub fn asides(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Aside>> {
        let mut all = Vec::new();
        for neighbour in &self.0 {
            all.extend(neighbour.asides(ui, ctx, tx, case)?);
        }
        Ok(all)
    }

    pub fn today(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Tile>> {
        let mut all = Vec::new();
        for neighbour in &self.0 {
            all.extend(neighbour.today(ui, ctx, tx)?);
        }
        Ok(all)
    }

    /// What each of them offers, in the order in which they were brought.
    pub fn offers(
        &self,
        ui: &Ui,
        ctx: &Ctx,
        tx: &mut Tx<'_>,
        case: &Case,
        fields: &[&str],
    ) -> Result<Vec<Offer>> {
        let mut all = Vec::new();
        for neighbour in &self.0 {
            all.extend(neighbour.offer(ui, ctx, tx, case, fields)?);
        }
        Ok(all)
    }

    pub fn receipt(&self, tx: &mut Tx<'_>, number: &str) -> Result<Option<String>> {
        for neighbour in &self.0 {
            if let Some(href) = neighbour.receipt(tx, number)? {
                return Ok(Some(href));
            }
        }
        Ok(None)
    }

    pub fn taken(&self, ctx: &Ctx, tx: &mut Tx<'_>, after: &Case, token: &str) -> Result<()> {
        self.0.iter().try_for_each(|neighbour| neighbour.taken(ctx, tx, after, token))
    }
}
