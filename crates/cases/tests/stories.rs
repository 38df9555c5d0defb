//! Stories of cases, each told on both engines.

#[cfg(test)]
mod stories {
    mod clocks;
    mod letters;
    mod main_road;
    mod side_roads;
    mod visibility;
    mod world;
}
