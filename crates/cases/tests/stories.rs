//! Stories of cases, each told on both engines.

#[cfg(test)]
mod stories {
    mod after_closing;
    mod callers;
    mod catalogue;
    mod clocks;
    mod duplicates;
    mod edges_pages;
    mod extras;
    mod forwards;
    mod handlers;
    mod imports;
    #[cfg(feature = "null-cipher")]
    mod intake_cost;
    mod letters;
    mod main_road;
    mod once;
    mod past;
    mod past_speed;
    mod questions;
    mod recordings;
    mod redaction;
    mod side_roads;
    mod statistics;
    mod upgrade;
    mod visibility;
    mod voices;
    mod world;
}
