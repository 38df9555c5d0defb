//! What can be done to places, one verb a file. All take the city's [`PlaceIndex`](crate::PlaceIndex), which says where
//! things lie and who governs there; callers get it from [`crate::kept::index`] and call [`crate::kept::refresh`] after.

mod close_day;
mod create_section;
mod create_site;
mod edit_division;
mod edit_section;
mod edit_site;
mod join_sections;
mod move_site;
mod place;
mod publish_year;
mod relocate;
mod retire_section;
mod retire_site;
mod save_site_type;
mod set_duty;
mod split_section;

pub use close_day::{close_day, open_day};
pub use create_section::create_section;
pub(crate) use create_section::insert_section;
pub use create_site::create_site;
pub(crate) use create_site::insert_site;
pub use edit_division::{DivisionDraft, edit_division};
pub use edit_section::edit_section;
pub use edit_site::edit_site;
pub use join_sections::{join_sections, joinable};
pub use move_site::move_site;
pub(crate) use place::{
    division_of_line, index_section, index_site, load_section_for, load_site_for, refuse_twin_section,
    refuse_twin_site, section_changed,
};
pub use publish_year::{Change, Preview, preview, publish, read_arrangements, working_days};
pub use relocate::relocate;
pub use retire_section::retire_section;
pub use retire_site::{restore_site, retire_site};
pub use save_site_type::{TypeDraft, add_site_type, change_site_type, move_site_type, save_site_type};
pub use set_duty::set_duty;
pub use split_section::split_section;
