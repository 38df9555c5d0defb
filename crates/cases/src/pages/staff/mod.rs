//! Pages for those who have signed in.

pub(crate) mod area;
pub(crate) mod bulk;
pub(crate) mod callers;
pub(crate) mod catalogue;
pub(crate) mod catalogue_file;
pub(crate) mod catalogue_item;
pub(crate) mod clusters;
pub(crate) mod compare;
mod export;
pub(crate) mod filters;
mod forwards;
pub(crate) mod heat;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod looks;
pub(crate) mod new;
pub(crate) mod record;
pub(crate) mod recurrences;
pub(crate) mod redaction;
pub(crate) mod rules;
pub(crate) mod search;
pub(crate) mod statistics;
pub(crate) mod today;
pub(crate) mod todo;
pub(crate) mod verb_view;
pub(crate) mod verbs;
