//! Stories of what inspectors find, each told on both engines.

#[cfg(test)]
mod stories {
    mod doors;
    mod finding;
    mod forms;
    mod lists;
    mod openrosa;
    mod seconds;
    mod sending;
    mod sheets;
    mod table;
    mod world;
}
