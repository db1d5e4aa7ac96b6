//! The JSON Schemas of a catalog's TOML and of what the tool prints, from the very types.
//! The files are committed, because the tool prints them: `SNAPSHOTS=overwrite cargo test
//! --lib in_step` writes them anew.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};
use snapbox::data::DataFormat;
use snapbox::{Data, assert_data_eq};

use crate::data::schema::Rule;
use crate::data::schema::entries::EntryTable;
use crate::data::vocabulary::Vocabulary;
use crate::{Entry, Finding, Hit, Operation, Service};

/// Catalog of error codes for orgerr
#[derive(JsonSchema)]
#[schemars(title = "Catalog", deny_unknown_fields)]
#[allow(dead_code)] // only described
struct CatalogFile {
    #[schemars(length(min = 1))]
    service: Vec<Service>,
    /// The operations of each service, by name.
    #[serde(default)]
    operations: BTreeMap<String, BTreeMap<String, Operation>>,
    /// How people ask for the entries.
    #[serde(default)]
    search: Vocabulary,
    #[schemars(length(min = 1))]
    entry: Vec<EntryTable>,
}

#[track_caller]
fn is_in_step<T: JsonSchema>(name: &str, mut settings: SchemaSettings, change: fn(&mut Schema)) {
    let path = format!("{}/docs/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    // As text, so that the order of its keys counts too.
    let file = Data::read_from(path.as_ref(), Some(DataFormat::Text)).raw();
    settings.transforms.push(Box::new(RecursiveTransform(change)));
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let schema = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    assert_data_eq!(schema + "\n", file);
}

/// Leaves the first paragraph: further ones are for users of the library.
fn shorten_description(schema: &mut Schema) {
    let text = schema.get("description").and_then(|text| text.as_str());
    let first = text.and_then(|text| text.split("\n\n").next());
    if let Some(first) = first {
        let first = first.replace('\n', " ");
        schema.insert("description".to_owned(), first.into());
    }
}

/// The rule for the texts of a field as a regular expression.
fn pattern(field: &str) -> &'static str {
    match field {
        "name" | "aliases" | "categories" | "category" | "returned_by" | "parameters"
        | "decodes" => r"^[A-Za-z0-9]((\.?[A-Za-z0-9_-])*\.?[A-Za-z0-9])?$",
        "code" => r"^[A-Za-z0-9](\.?[A-Za-z0-9_-])*\.([A-Za-z0-9_-]\.?)*[A-Za-z0-9]$",
        "path" => r"^(/([A-Za-z0-9._~:-]+|\{[A-Za-z0-9_-]+\}))*/?$",
        "url" => "^(unknown|https?://[!-~]+)$",
        _ => r"\S",
    }
}

/// What the reader of catalogs demands beyond the types: the rule for each field, and that no
/// list of texts has one twice.
fn add_rules(schema: &mut Schema) {
    shorten_description(schema);
    let fields = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (field, value) in fields.into_iter().flatten() {
        let Some(rule) = Rule::of(field) else {
            continue;
        };
        let value = value.as_object_mut().expect("a schema of a field");
        let is_list = value.contains_key("items");
        if is_list {
            value.insert("uniqueItems".to_owned(), true.into());
        }
        let items = value.get_mut("items").filter(|_| is_list);
        let value = match items {
            Some(items) => items.as_object_mut().expect("a schema of texts"),
            None => value,
        };
        let demands = match rule {
            Rule::Number(min, max) => {
                value.remove("format");
                json!({ "minimum": min, "maximum": max })
            }
            Rule::OneOf(names) => json!({ "enum": names }),
            Rule::Text { max_length, .. } => {
                json!({ "maxLength": max_length, "pattern": pattern(field) })
            }
        };
        value.extend(demands.as_object().expect("a table").clone());
    }
}

#[test]
fn the_schema_of_catalogs_is_in_step() {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = true;
    is_in_step::<CatalogFile>("catalog", settings, add_rules);
}

/// Records may have more in a later version, also those that a catalog must not add to.
fn describe_records(schema: &mut Schema) {
    shorten_description(schema);
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.remove("additionalProperties");
    }
}

#[test]
fn the_schemas_of_records_are_in_step() {
    let settings = || SchemaSettings::draft07().for_serialize();
    is_in_step::<Entry>("entry", settings(), describe_records);
    is_in_step::<Hit>("hit", settings(), describe_records);
    is_in_step::<Finding>("finding", settings(), describe_records);
}
