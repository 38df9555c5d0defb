//! How many slips in names are forgiven: measured, and held to a floor.

#[cfg(test)]
mod recall_parts {
    mod measure;
    mod slips;
}
