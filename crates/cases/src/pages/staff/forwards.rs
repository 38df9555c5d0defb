//! What people outside were asked, on the page of a case.

use crate::commands;
use crate::model::{Forward, ForwardState};
use crate::policy::{Act, POLICY};
use crate::queries::Full;
use kernel::time::Instant;
use kernel::workflow::Named;
use web::{Req, Ui};

/// What somebody outside was asked.
pub(crate) struct ForwardLine {
    pub party: String,
    /// How they are reached, and the link, for who may ask them.
    pub contact: String,
    pub link: String,
    pub state: String,
    pub mood: &'static str,
    pub ask: String,
    pub until: Instant,
    pub waits: bool,
    pub reply: String,
}

pub(crate) fn forwards(req: &Req, ui: &Ui, full: &Full) -> Vec<ForwardLine> {
    let may = POLICY.may(&req.ctx, Act::Forward, &full.facts.standing);
    let line = |f: &Forward| {
        let contact = [f.phone.as_str(), f.mail.as_str()].into_iter().filter(|t| !t.is_empty());
        let works = may && f.link_works(req.ctx.now);
        let path = commands::forward_path(req.db().secrets(), f.id);
        ForwardLine {
            party: f.party.as_str().to_owned(),
            contact: if may { contact.collect::<Vec<_>>().join(" · ") } else { String::new() },
            link: if works { format!("{}{path}", ui.base_url()) } else { String::new() },
            state: ui.named("forward-state", f.state.code()),
            mood: match f.state {
                ForwardState::Asked => "waiting",
                ForwardState::Answered => "active",
                ForwardState::Taken => "done",
                ForwardState::Withdrawn | ForwardState::Lapsed => "paused",
            },
            ask: f.ask.as_str().to_owned(),
            until: f.until_at,
            waits: f.state == ForwardState::Asked,
            reply: f.reply.as_str().to_owned(),
        }
    };
    full.forwards.iter().rev().map(line).collect()
}
