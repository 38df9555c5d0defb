//! What there is.

/// A collection of things with a place.
#[derive(Debug)]
pub struct Collection {
    /// Its word in addresses; its title is the text `collection-<id>`, with `.lead`.
    pub id: &'static str,
    /// Facts of each item and their kind as OpenAPI has it; each is explained by the text `open-fact-<name>`.
    pub facts: &'static [(&'static str, &'static str)],
    /// Facts by which items can be narrowed.
    pub filters: &'static [&'static str],
}

pub const CASES: Collection = Collection {
    id: "cases",
    facts: &[
        ("number", "string"),
        ("title", "string"),
        ("description", "string"),
        ("state", "string"),
        ("service_code", "string"),
        ("kind", "string"),
        ("unit", "string"),
        ("division", "string"),
        ("address", "string"),
        ("reported_at", "string"),
        ("updated_at", "string"),
        ("due_at", "string"),
        ("closed_at", "string"),
        ("on_time", "boolean"),
        ("followers", "integer"),
        ("before", "string"),
        ("after", "string"),
        ("url", "string"),
    ],
    filters: &["state", "service_code", "division"],
};

pub const SECTIONS: Collection = Collection {
    id: "sections",
    facts: &[
        ("number", "string"),
        ("name", "string"),
        ("street", "string"),
        ("class", "string"),
        ("length_m", "number"),
        ("division", "string"),
    ],
    filters: &["number", "street", "class", "division"],
};

pub const SITES: Collection = Collection {
    id: "sites",
    facts: &[
        ("number", "string"),
        ("name", "string"),
        ("type", "string"),
        ("address", "string"),
        ("division", "string"),
    ],
    filters: &["number", "type", "division"],
};

pub const STRETCHES: Collection = Collection {
    id: "stretches",
    facts: &[
        ("number", "string"),
        ("section", "string"),
        ("name", "string"),
        ("unit", "string"),
        ("unit_code", "string"),
        ("from_m", "number"),
        ("to_m", "number"),
        ("since", "string"),
        ("url", "string"),
    ],
    filters: &["number", "section", "unit_code"],
};

pub const DIVISIONS: Collection = Collection {
    id: "divisions",
    facts: &[("code", "string"), ("name", "string"), ("level", "string"), ("parent", "string")],
    filters: &["code", "level", "parent"],
};

pub const ALL: [&Collection; 5] = [&CASES, &SECTIONS, &SITES, &STRETCHES, &DIVISIONS];

pub fn named(id: &str) -> Option<&'static Collection> {
    ALL.into_iter().find(|c| c.id == id)
}
