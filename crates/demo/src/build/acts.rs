//! The longer steps of a story.

use super::cases::Theatre;
use crate::pictures::Stage as Picture;
use crate::story::CaseStory;
use cases::commands::{self, Answer, Dispatch, Part};
use cases::model::Case;
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use std::collections::HashMap;
use std::sync::Arc;

impl Theatre<'_> {
    pub(super) fn register(&self, ctx: &Ctx, story: &CaseStory, id: Id<Case>) -> Result<()> {
        let item = self.item(story);
        let condition =
            item.and_then(|i| self.codes.get(&(i, story.condition.clone()))).cloned().unwrap_or_default();
        self.run(ctx, move |c, tx, d| {
            let case = commands::load_for(c, tx, cases::policy::Act::Register, id)?;
            if case.state == State::Reported {
                // what staff see themselves needs nobody to confirm it
                commands::confirm(c, tx, d, id)?;
            }
            commands::register(c, tx, d, id, item, &condition)
        })
    }

    pub(super) fn dispatch(&self, ctx: &Ctx, id: Id<Case>, unit: usize, note: &str) -> Result<()> {
        let to = Dispatch { lead: self.folk.unit(unit)?, assisting: Vec::new(), note: note.to_owned() };
        self.run(ctx, move |c, tx, d| {
            let case = commands::load_for(c, tx, cases::policy::Act::Dispatch, id)?;
            match case.state {
                State::Registered => commands::dispatch(c, tx, d, id, &to).map(Some),
                // reopened: it is with its unit already
                _ if case.lead_unit == Some(to.lead) => {
                    tx.housekeeping();
                    Ok(None)
                }
                _ => {
                    let note = if to.note.is_empty() { "改派".to_owned() } else { to.note.clone() };
                    commands::redispatch(c, tx, d, id, &Dispatch { note, ..to }).map(Some)
                }
            }
        })
    }

    pub(super) fn decide(&self, ctx: &Ctx, id: Id<Case>, grant: bool, note: &str) -> Result<()> {
        let note = note.to_owned();
        self.run(ctx, move |c, tx, d| {
            let open = cases::store::requests(tx, id)?
                .into_iter()
                .rfind(|r| r.state == cases::model::RequestState::Asked);
            let request = open.ok_or_else(|| Problem::internal("nothing was asked for"))?;
            commands::decide_time(c, tx, d, request.id, grant, &note)
        })
    }

    pub(super) fn answer(
        &self,
        ctx: &Ctx,
        story: &CaseStory,
        id: Id<Case>,
        at: Instant,
        text: &str,
    ) -> Result<()> {
        let photos: Vec<_> = self.picture(story, at, Picture::After)?.into_iter().collect();
        let no_photo =
            if photos.is_empty() { "照片已归档（演示）".to_owned() } else { String::new() };
        let answer = Answer { text: text.to_owned(), photos, no_photo };
        self.run(ctx, move |c, tx, d| commands::answer(c, tx, d, id, &answer))
    }

    pub(super) fn split(
        &mut self,
        ctx: &Ctx,
        id: Id<Case>,
        children: &[u32],
        all: &HashMap<u32, &CaseStory>,
    ) -> Result<()> {
        let mut parts = Vec::new();
        for child in children {
            let story = all.get(child).ok_or_else(|| Problem::internal("a part without a story"))?;
            let item = self.item(story).ok_or_else(|| Problem::internal("a part without a kind"))?;
            let title: String = story.description.chars().take(60).collect();
            parts.push(Part { title, item, suggested: Some(self.folk.unit(story.unit)?) });
        }
        let (inner, desk) = (ctx.clone(), Arc::clone(&self.desk));
        let made = self.city.db().write_now(ctx, move |tx| commands::split(&inner, tx, &desk, id, &parts))?;
        for (child, case) in children.iter().zip(made) {
            self.cases.insert(*child, case.id);
        }
        Ok(())
    }
}
