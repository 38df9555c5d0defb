//! Stories of assessments, each told on both engines.

#[cfg(test)]
mod stories {
    mod rounds;
}
