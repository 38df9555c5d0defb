//! Cases that are closed, with what they turned out to be: for who learns from them.

use crate::catalogue::ItemKind;
use crate::model::{Case, CaseDescription, Division, Item, Section};
use ::store::{Query, Sealed, Tx, record};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use std::collections::HashMap;

record! {
    /// What was reported, and who handled it as what in the end.
    #[derive(Clone, Debug)]
    pub struct Settled {
        pub id: Id<Case>,
        pub reported_at: Instant,
        pub title: String,
        pub description: Sealed<CaseDescription>,
        pub item_id: Option<Id<Item>>,
        pub lead_unit: Option<Id<Unit>>,
        pub section_id: Option<Id<Section>>,
        pub division_id: Option<Id<Division>>,
    }
}

/// Closed cases that have a kind or a unit, newest report first, a page at a time from before `before`.
pub fn settled(tx: &mut Tx<'_>, before: Option<(Instant, Id<Case>)>, limit: i64) -> Result<Vec<Settled>> {
    let mut q = Query::<Settled>::new("select {*} from case_file");
    q.filter("state = 'closed'", &[]);
    if let Some((at, id)) = before {
        q.filter("(reported_at, id) < (?, ?)", &[&at, &id]);
    }
    q.tail("order by reported_at desc, id desc limit ?", &[&limit]);
    tx.query(&q)
}

/// Code (`event-06010`) and name of those of these items that are in force.
pub fn items_in_force(tx: &mut Tx<'_>, ids: &[Id<Item>]) -> Result<HashMap<Id<Item>, (String, String)>> {
    let mut q = Query::<(Id<Item>, ItemKind, String, String)>::new(
        "select i.id, i.kind, i.code, i.name from catalogue_item i join catalogue_version v on v.id = i.version_id",
    );
    q.one_of("i.id", ids).filter("v.state = 'in-force'", &[]);
    let found = tx.query(&q)?.into_iter();
    Ok(found.map(|(id, kind, code, name)| (id, (format!("{}-{code}", kind.code()), name))).collect())
}
