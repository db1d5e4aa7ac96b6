//! The JSON Schema of a catalog, from its fields. The file is committed, because the tool
//! prints it: `SNAPSHOTS=overwrite cargo test --lib in_step` writes it anew.

use serde_json::{Map, Value, json};
use snapbox::data::DataFormat;
use snapbox::{Data, assert_data_eq};

use super::super::Action;
use super::{ENTRY_FIELDS, Fields, MAX_DIGITS, MAX_NAME_LENGTH, SEARCH_FIELDS, SERVICE_FIELDS};

#[test]
fn the_file_is_in_step() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/catalog.schema.json");
    // As text, so that the order of its keys counts too.
    let file = Data::read_from(path.as_ref(), Some(DataFormat::Text)).raw();
    assert_data_eq!(format!("{:#}\n", schema()), file);
}

/// The JSON Schema of a catalog's TOML.
fn schema() -> Value {
    // Parts with single dots between them, a letter or digit at both ends.
    let name = r"[A-Za-z0-9]((\.?[A-Za-z0-9_-])*\.?[A-Za-z0-9])?";
    let name_alone =
        json!({ "type": "string", "pattern": format!("^{name}$"), "maxLength": MAX_NAME_LENGTH });
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
    entry["code"]["pattern"] = json!(format!(r"^{name}\.[0-9]{{1,{MAX_DIGITS}}}$"));
    entry["code"]["description"] = json!("The name of a service, a dot and digits");
    entry["status"] = json!({ "type": "integer", "minimum": 100, "maximum": 599 });
    entry["action"]["enum"] = Action::ALL.map(Action::name).into();
    entry["category"]["description"] = json!("One of the categories of the service");
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Catalog of error codes for orgerr",
        "type": "object",
        "additionalProperties": false,
        "required": ["service", "entry"],
        "properties": {
            "service": { "type": "array", "minItems": 1, "items": object(&SERVICE_FIELDS, &service) },
            "search": object(&SEARCH_FIELDS, &search),
            "entry": { "type": "array", "minItems": 1, "items": object(&ENTRY_FIELDS, &entry) },
        },
    })
}

fn object<const N: usize>(fields: &Fields<N>, properties: &Value) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": fields.names[..fields.required],
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
fn properties<const N: usize>(fields: &Fields<N>) -> Value {
    let named = fields
        .names
        .iter()
        .map(|field| ((*field).to_owned(), text()));
    Value::Object(named.collect::<Map<_, _>>())
}
