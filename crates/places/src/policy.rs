//! Who may do what with the city's places.
//!
//! Divisions, sections and sites are public facts: anybody may read them on the map and through the API. The staff pages
//! with their history need a sign-in. A street office may keep the sections and sites that its unit governs; what shapes
//! the whole city (divisions, grid, types of site) is the civilisation office's on the root. The calendar may be kept by
//! the office, its leaders and the system administrator: it holds published law, not judgement, and each change is recorded.

use crate::model::{Section, Site};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role::{Leader, Office, SystemAdmin};
use kernel::policy::Who::{Everyone, Holder, SignedIn};
use kernel::policy::{Action, Policy, Rule, Standing, Tie};

/// What the table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Read the facts that are published: map, open data.
    Facts,
    /// Open the staff pages.
    View,
    /// Make, change, move, retire sections and sites.
    Edit,
    /// Change divisions, the grid and the types of site.
    Shape,
    /// Import arrangements, set duty hours and closures.
    Calendar,
}

impl Action for Act {
    const ALL: &'static [Self] = &[Act::Facts, Act::View, Act::Edit, Act::Shape, Act::Calendar];
    fn code(self) -> &'static str {
        match self {
            Act::Facts => "facts",
            Act::View => "view",
            Act::Edit => "edit",
            Act::Shape => "shape",
            Act::Calendar => "calendar",
        }
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "places",
    rules: &[
        Rule { action: Act::Facts, who: &[Everyone] },
        Rule { action: Act::View, who: &[SignedIn] },
        Rule { action: Act::Edit, who: &[Holder(Office, Tie::Governs)] },
        Rule { action: Act::Shape, who: &[Holder(Office, Tie::Governs)] },
        Rule {
            action: Act::Calendar,
            who: &[
                Holder(Office, Tie::Governs),
                Holder(Leader, Tie::Governs),
                Holder(SystemAdmin, Tie::Governs),
            ],
        },
    ],
};

/// The standing of a place: the unit that governs where it lies. Of none, only grants on the root reach it.
pub fn standing(governing: Option<Id<Unit>>) -> Standing {
    governing.map_or_else(Standing::city, |unit| Standing::of(Tie::Governs, unit))
}

/// Whether the person may edit anything at all: for buttons and menus.
pub fn may_edit(ctx: &Ctx) -> bool {
    POLICY.somewhere(ctx, Act::Edit)
}

pub fn may_shape(ctx: &Ctx) -> bool {
    POLICY.may(ctx, Act::Shape, &Standing::city())
}

pub fn may_keep_calendar(ctx: &Ctx) -> bool {
    POLICY.may(ctx, Act::Calendar, &Standing::city())
}

/// Whether this section's buttons are shown.
pub fn may_edit_section(ctx: &Ctx, index: &crate::PlaceIndex, section: &Section) -> bool {
    POLICY.may(ctx, Act::Edit, &standing(index.governing(section.division_id)))
}

pub fn may_edit_site(ctx: &Ctx, index: &crate::PlaceIndex, site: &Site) -> bool {
    POLICY.may(ctx, Act::Edit, &standing(index.governing(site.division_id)))
}
