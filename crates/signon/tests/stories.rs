//! Stories of signing in to other programs, each told on both engines.

#[cfg(test)]
mod stories {
    mod pages;
    mod ways;
    mod world;
}
