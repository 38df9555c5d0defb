//! Stories of backups and drills, each told on both engines.

#[cfg(test)]
mod stories {
    mod nights;
    mod pages;
    mod world;
}
