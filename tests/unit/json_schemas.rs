//! The JSON Schemas of a catalog's TOML and of what the tool prints, from the very types.
//! The files are committed, because the tool prints them: `SNAPSHOTS=overwrite cargo test
//! --lib in_step` writes them anew.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use snapbox::data::DataFormat;
use snapbox::{Data, assert_data_eq};

use crate::data::schema::records::{EntryRecord, OperationRecord, ServiceRecord};
use crate::data::vocabulary::Vocabulary;
use crate::{Entry, Finding, Hit};

/// Catalog of error codes for orgerr
#[derive(JsonSchema)]
#[schemars(title = "Catalog", deny_unknown_fields)]
#[allow(dead_code)] // only described
struct CatalogFile {
    #[schemars(length(min = 1))]
    service: Vec<ServiceRecord>,
    /// The operations of each service, by name.
    #[serde(default)]
    operations: BTreeMap<String, BTreeMap<String, OperationRecord>>,
    /// How people ask for the entries.
    #[serde(default)]
    search: Vocabulary,
    #[schemars(length(min = 1))]
    entry: Vec<EntryRecord>,
}

#[track_caller]
fn is_in_step<T: JsonSchema>(name: &str, mut settings: SchemaSettings, change: fn(&mut Schema)) {
    let path = format!("{}/docs/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    // As text, so that the order of its keys counts too.
    let file = Data::read_from(path.as_ref(), Some(DataFormat::Text)).raw();
    settings
        .transforms
        .push(Box::new(RecursiveTransform(change)));
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

/// No list of texts may have one twice.
fn refuse_doubles(schema: &mut Schema) {
    let items = schema.get("items").and_then(|items| items.get("type"));
    if items.is_some_and(|kind| kind == "string") {
        schema.insert("uniqueItems".to_owned(), true.into());
    }
}

#[test]
fn the_schema_of_catalogs_is_in_step() {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = true;
    is_in_step::<CatalogFile>("catalog", settings, refuse_doubles);
}

#[test]
fn the_schemas_of_records_are_in_step() {
    let settings = || SchemaSettings::draft07().for_serialize();
    is_in_step::<Entry>("entry", settings(), shorten_description);
    is_in_step::<Hit>("hit", settings(), shorten_description);
    is_in_step::<Finding>("finding", settings(), shorten_description);
}
