//! Stories of the shadow score, each told on both engines.

#[cfg(test)]
mod stories {
    mod score;
}
