//! Where the two disagree: worked out whenever either side moves, and at night against their list. A difference is kept as
//! codes and times; who is right by rule stands in the partner's settings, and a person decides.

use crate::incoming::codes;
use crate::model::{Aspect, Difference, DifferenceState, How, Order, Partner, Side};
use crate::{outgoing, stage, store as rows};
use ::store::{Event, Tx};
use cases::commands::{Classify, classify};
use cases::desk::Desk;
use cases::model::{Case, Item};
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Instant, MINUTE};
use kernel::workflow::Named;

/// Deadlines closer than this are the same: systems round.
const SAME: i64 = MINUTE;

/// Aspect, ours, theirs.
type Apart<'a> = (Aspect, &'a str, &'a str);

/// Whether the kind of a case may still be corrected.
pub(crate) fn may_correct(state: State) -> bool {
    matches!(state, State::Reported | State::Confirmed | State::Registered)
}

/// Gives a case the partner's kind.
pub(crate) fn correct(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, case: &Case, item: Id<Item>) -> Result<()> {
    let with = Classify {
        title: case.title.clone(),
        item: Some(item),
        urgent: case.urgent,
        address: case.address.clone(),
    };
    classify(ctx, tx, desk, case.id, &with).map(drop)
}

/// What the two say, where both say something and it is not the same.
fn apart(
    tx: &mut Tx<'_>,
    desk: &Desk,
    partner: &Partner,
    order: &Order,
    case: &Case,
) -> Result<Vec<(Aspect, String, String)>> {
    let mut found = Vec::new();
    let known = codes(tx, desk, partner, (&order.state, &order.category, &order.unit))?;
    let ours = stage::of(case.state);
    if let Some(theirs) = order.stage.or(known.stage).filter(|theirs| !stage::agree(ours, *theirs)) {
        // we have come further since they last said where they stand: what they said is old, and no contradiction
        let old = ours.rank() >= theirs.rank() && rows::moved_since(tx, order.id, order.heard_at)?;
        if !old {
            found.push((Aspect::State, ours.code().to_owned(), theirs.code().to_owned()));
        }
    }
    let open = !case.state.is_over();
    if let (Some(ours), Some(theirs)) = (case.due_at, order.deadline)
        && open
        && (ours.0 - theirs.0).abs() > SAME
        && order.agreed_deadline != Some(theirs)
    {
        found.push((Aspect::Deadline, ours.rfc3339(), theirs.rfc3339()));
    }
    if let (Some(ours), Some(theirs)) = (case.lead_unit, known.unit)
        && open
        && ours != theirs
    {
        let code = people::queries::unit(tx, ours)?.map(|u| u.code).unwrap_or_default();
        found.push((Aspect::Unit, code, known.unit_code.clone()));
    }
    if let (Some(ours), Some(theirs)) = (case.item_id, known.item)
        && open
        && ours != theirs
    {
        let code = cases::open::item_code(&desk.catalogue, Some(ours));
        found.push((Aspect::Category, code, known.item_code.clone()));
    }
    Ok(found)
}

/// Looks at an order afresh: opens, follows and ends its differences. The order itself is for the caller to save.
pub(crate) fn refresh(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    partner: &Partner,
    order: &mut Order,
) -> Result<()> {
    let Some(id) = order.follows_id else { return Ok(()) };
    let case = cases::store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    let found = apart(tx, desk, partner, order, &case)?;
    for aspect in [Aspect::State, Aspect::Deadline, Aspect::Unit, Aspect::Category] {
        match found.iter().find(|(a, ..)| *a == aspect) {
            Some((_, ours, theirs)) => differ(ctx, tx, desk, partner, order, (aspect, ours, theirs))?,
            None => gone(tx, partner.id, &order.order_no, aspect)?,
        }
    }
    if order.words == order.taken_words {
        gone(tx, partner.id, &order.order_no, Aspect::Text)?;
    }
    Ok(())
}

/// Writes a difference down, unless somebody has decided on the very same one. Where ours holds, ours is sent once more.
pub(crate) fn differ(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    partner: &Partner,
    order: &mut Order,
    apart: Apart<'_>,
) -> Result<()> {
    let about = About { id: Some(order.id), no: &order.order_no.clone(), case: order.follows_id };
    let number = note(ctx, tx, partner, &about, apart)?;
    let ours_holds = partner.wins.0.of(apart.0) == Side::Ours;
    if number.is_some() && ours_holds && partner.sends {
        outgoing::tell_again(tx, desk, partner, order)?;
    }
    Ok(())
}

/// What a difference is about.
pub(crate) struct About<'a> {
    pub id: Option<Id<Order>>,
    pub no: &'a str,
    pub case: Option<Id<Case>>,
}

/// [`differ`] without telling anybody; the number where it is new.
pub(crate) fn note(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    partner: &Partner,
    about: &About<'_>,
    (aspect, ours, theirs): Apart<'_>,
) -> Result<Option<String>> {
    if let Some(mut open) = rows::open_difference(tx, partner.id, about.no, aspect)? {
        if open.ours.as_str() != ours || open.theirs.as_str() != theirs {
            open.ours = ours.into();
            open.theirs = theirs.into();
            tx.save(&open)?;
        }
        return Ok(None);
    }
    let decided = rows::last_settled(tx, partner.id, about.no, aspect)?;
    if decided
        .is_some_and(|d| d.how == Some(How::Ours) && d.ours.as_str() == ours && d.theirs.as_str() == theirs)
    {
        return Ok(None);
    }
    let case_number = match about.case {
        Some(id) => cases::store::case(tx, id)?.map(|c| c.number).unwrap_or_default(),
        None => String::new(),
    };
    let number = format!("XD-{:06}", tx.next_number("XD")?);
    let row = Difference {
        id: tx.new_id(),
        number: number.clone(),
        partner_id: partner.id,
        order_id: about.id,
        order_no: about.no.to_owned(),
        case_id: about.case,
        case_number,
        aspect,
        ours: ours.into(),
        theirs: theirs.into(),
        since: ctx.now,
        state: DifferenceState::Open,
        how: None,
        reason: "".into(),
        ended_by: None,
        ended_at: None,
        sent_at: None,
        open_key: Some(format!("{}:{}:{}", partner.id, aspect.code(), about.no)),
        version: 1,
    };
    tx.insert(&row)?;
    let event = Event::new("exchange.differed", row.id)
        .with("number", number.as_str())
        .with("order", about.no)
        .with("aspect", aspect.code());
    tx.record(ctx, event)?;
    Ok(Some(number))
}

/// The two agree again.
pub(crate) fn gone(tx: &mut Tx<'_>, partner: Id<Partner>, order_no: &str, aspect: Aspect) -> Result<()> {
    let Some(mut open) = rows::open_difference(tx, partner, order_no, aspect)? else { return Ok(()) };
    open.state = DifferenceState::Gone;
    open.open_key = None;
    open.ended_at = Some(tx.now());
    tx.save(&open)
}

/// A deadline as a difference wrote it.
pub(crate) fn deadline(text: &str) -> Option<Instant> {
    Instant::parse_rfc3339(text)
}
