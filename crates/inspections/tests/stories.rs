//! Stories of inspections, each told on both engines.

#[cfg(test)]
mod stories {
    mod doors;
    mod life;
    mod pages;
    mod programs;
    mod sending;
    mod world;
}
