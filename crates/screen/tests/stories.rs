//! Stories of walls, displays and briefs, each told on both engines.

#[cfg(test)]
mod stories {
    mod briefs;
    mod displays;
    mod figures;
    mod world;
}
