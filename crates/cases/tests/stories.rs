//! Stories of cases, each told on both engines.

#[cfg(test)]
mod stories {
    mod catalogue;
    mod clocks;
    mod imports;
    mod letters;
    mod main_road;
    mod side_roads;
    mod upgrade;
    mod visibility;
    mod world;
}
