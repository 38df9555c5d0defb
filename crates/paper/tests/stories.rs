//! Stories of paper forms, each told on both engines.

#[cfg(test)]
mod stories {
    mod desk;
    mod doors;
    mod form;
    mod keeping;
    mod reading;
    mod repair;
    mod world;
}
