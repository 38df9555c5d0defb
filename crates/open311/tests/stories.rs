//! Stories of Open311, each told on both engines.

#[cfg(test)]
mod stories {
    mod asking;
    mod broken;
    mod following;
    mod reading;
    mod sending;
    mod world;
}
