//! Stories of the search box, each told on both engines.

#[cfg(test)]
mod stories {
    mod boxes;
    mod world;
}
