//! Stories of letters, each told on both engines.

#[cfg(test)]
mod stories {
    mod climbing;
    mod letters;
    mod once;
    mod rules;
    mod visibility;
    mod world;
}
