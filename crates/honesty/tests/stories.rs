//! Stories of photo checks, each told on both engines.

#[cfg(test)]
mod stories {
    mod checks;
    mod exif;
    mod many;
    mod pages;
    mod world;
}
