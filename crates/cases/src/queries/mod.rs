//! Read models: what pages, the API and exports show.

mod after;
mod asked;
mod cluster;
mod figures;
mod filter;
mod heat;
mod list;
mod live;
mod named;
mod nearby;
mod open;
mod past;
mod phone;
mod photos;
mod public;
mod rates;
mod record;
mod reported;
mod settled;
mod today;
mod updates;

pub use after::{LookLine, Pair, PairFilter, all_looks, all_pairs, look_counts, looks, pairs};
pub use asked::{asked_of, how_reported, ratings};
pub use cluster::{Cluster, Member, clusters, members};
pub use figures::{Days, Figures, by_day, figures};
pub use filter::{Filter, Handler, Sort, end_of};
pub use heat::{HeatFilter, places_of};
pub use list::{CaseLine, chosen, count, each, list};
pub use live::{OpenBy, Spot, by_hour, most_reported, open_by, spots};
pub use named::ByName;
pub use nearby::{Near, look_of, nearby};
pub use open::{OpenCase, OpenFilter, OpenOrder, case_of_outside, count_open, open_cases, open_numbers};
pub use past::{
    DayFigures, OnUnit, dots_on, figures_on, first_day, is_complete, open_by_unit, past_day, public_on,
    settled_day,
};
pub use phone::{Caller, SameCaller, covered, may_look_up};
pub(crate) use phone::{looks_for, reported_from};
pub use photos::{open_file, photos_after, photos_of_file};
pub use public::{Dot, PublicCase, dots, public_case, public_list, solved_lately};
pub use rates::{Group, Rates, Scope, by_group, by_group_in, total, total_in};
pub(crate) use record::numbers;
pub use record::numbers as numbers_of;
pub use record::{Full, Related, Shot, Side, full, public_recurrences, related, shots};
pub use reported::{count_reported, reported};
pub use settled::{Settled, items_in_force, settled};
pub use today::{StateCount, Today, UnitTodo, today, unit_todo};
pub use updates::{OpenUpdate, OpenUpdates, UpdateSpan, latest_updates, open_updates, updates_of};
