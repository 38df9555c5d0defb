//! The description of the API as a whole: what whoever writes a client relies on.

use testkit::Engine;

#[test]
fn every_part_of_the_description_is_whole() {
    let program = crate::program(Engine::Embedded);
    let (document, faults) = web::api::document(&program.app);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    let operations: usize =
        document["paths"].as_object().unwrap().values().map(|p| p.as_object().unwrap().len()).sum();
    assert!(operations >= 15, "{operations}");
    // what is referred to is there
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.pointer(reference).is_some(), "{reference} is referred to and not there");
    }
    // and nothing is there that nobody refers to
    for kind in ["schemas", "responses"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            assert!(
                text.contains(&format!("\"#/components/{kind}/{name}\"")),
                "nothing refers to {kind}/{name}"
            );
        }
    }
}

/// Who may come stands in the routes; the description must not promise anything else.
#[test]
fn security_is_that_of_the_routes() {
    let program = crate::program(Engine::Embedded);
    let (document, _) = web::api::document(&program.app);
    let mut public = 0;
    for (_, route) in
        web::all_routes(&program.app).into_iter().filter(|(_, r)| r.path.starts_with("/api/v1/"))
    {
        let Some(operation) = document["paths"][route.path].get(route.method.as_str().to_lowercase()) else {
            continue;
        };
        let open = operation["security"].as_array().unwrap().is_empty();
        assert_eq!(open, route.access == web::Access::Public, "{} {}", route.method, route.path);
        assert_eq!(operation["responses"].get("401").is_none(), open, "{} {}", route.method, route.path);
        public += usize::from(open);
    }
    assert!(public > 5, "{public}");
}

#[test]
fn the_document_is_served() {
    let program = crate::program(Engine::Embedded);
    let (document, _) = web::api::document(&program.app);
    assert_eq!(program.public().get("/api/v1/openapi.json").expect(200).json(), document);
}
