//! The JSON Schema of a catalog, from its fields.

use orgerr::Action;
use orgerr::catalog::{ENTRY_FIELDS, LONGEST_NAME, MOST_DIGITS, SEARCH_FIELDS, SERVICE_FIELDS};
use serde_json::{Map, Value, json};

use super::is_in_step;
use crate::commands::CATALOG_SCHEMA;

/// The fields of a service that must be there, the first of all.
const REQUIRED_OF_SERVICE: usize = 5;

#[test]
fn the_schema_is_in_step() {
    let schema = format!("{:#}\n", schema());
    is_in_step("docs/catalog.schema.json", CATALOG_SCHEMA, &schema);
}

/// The JSON Schema of a catalog's TOML.
fn schema() -> Value {
    // Parts with single dots between them, a letter or digit at both ends.
    let name = r"[A-Za-z0-9]((\.?[A-Za-z0-9_-])*\.?[A-Za-z0-9])?";
    let name_alone =
        json!({ "type": "string", "pattern": format!("^{name}$"), "maxLength": LONGEST_NAME });
    let category = r"^[^\s,\x00-\x1f\x7f-\x9f]([^,\x00-\x1f\x7f-\x9f]*[^\s,\x00-\x1f\x7f-\x9f])?$";
    let texts = list(&text());
    let mut search = properties(&SEARCH_FIELDS);
    search["ignored"] = texts.clone();
    search["synonyms"] = json!({ "type": "object", "additionalProperties": texts });
    let mut service = properties(&SERVICE_FIELDS);
    service["categories"] = list(&json!({ "type": "string", "pattern": category }));
    service["categories"]["minItems"] = json!(1);
    service["aliases"] = list(&name_alone);
    service["name"] = name_alone;
    service["variants"] = json!({ "type": "boolean" });
    service["search_weight"] = json!({ "type": "integer", "minimum": 1, "maximum": 100 });
    let mut entry = properties(&ENTRY_FIELDS);
    entry["code"]["pattern"] = json!(format!(r"^{name}\.[0-9]{{1,{MOST_DIGITS}}}$"));
    entry["code"]["description"] = json!("The name of a service, a dot and digits");
    entry["status"] = json!({ "type": "integer", "minimum": 100, "maximum": 599 });
    entry["action"]["enum"] = Action::ALL.map(Action::name).into();
    entry["category"]["description"] = json!("One of the categories of the service");
    let required = ENTRY_FIELDS.iter().filter(|field| **field != "note");
    let required: Vec<_> = required.collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Catalog of error codes for orgerr",
        "type": "object",
        "additionalProperties": false,
        "required": ["service", "entry"],
        "properties": {
            "service": { "type": "array", "minItems": 1, "items": object(&service, &json!(SERVICE_FIELDS[..REQUIRED_OF_SERVICE])) },
            "search": object(&search, &json!([])),
            "entry": { "type": "array", "minItems": 1, "items": object(&entry, &json!(required)) },
        },
    })
}

fn object(properties: &Value, required: &Value) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

/// Text that is not blank.
fn text() -> Value {
    json!({ "type": "string", "pattern": r"\S" })
}

/// A list in which nothing is twice.
fn list(items: &Value) -> Value {
    json!({ "type": "array", "uniqueItems": true, "items": items })
}

/// Fields as texts.
fn properties(fields: &[&str]) -> Value {
    let named = fields.iter().map(|field| ((*field).to_owned(), text()));
    Value::Object(named.collect::<Map<_, _>>())
}
