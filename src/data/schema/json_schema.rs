//! The JSON Schema of a catalog, from its tables. The file is committed, because the tool
//! prints it: `SNAPSHOTS=overwrite cargo test --lib in_step` writes it anew.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use snapbox::data::DataFormat;
use snapbox::{Data, assert_data_eq};

use super::super::vocabulary::Vocabulary;
use super::records::{ClientRecord, EntryRecord, Operations, ResourceRecord, ServiceRecord};

/// Catalog of error codes for orgerr
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)] // only described
struct Catalog {
    #[schemars(length(min = 1))]
    service: Vec<ServiceRecord>,
    /// The operations of each service, by name.
    #[serde(default)]
    operations: Operations,
    /// How people ask for the entries.
    #[serde(default)]
    search: Vocabulary,
    #[serde(default)]
    client: Vec<ClientRecord>,
    #[serde(default)]
    resource: Vec<ResourceRecord>,
    #[schemars(length(min = 1))]
    entry: Vec<EntryRecord>,
}

#[test]
fn the_file_is_in_step() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/catalog.schema.json");
    // As text, so that the order of its keys counts too.
    let file = Data::read_from(path.as_ref(), Some(DataFormat::Text)).raw();
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = true;
    settings
        .transforms
        .push(Box::new(RecursiveTransform(refuse_doubles)));
    let schema = settings.into_generator().into_root_schema_for::<Catalog>();
    let schema = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    assert_data_eq!(schema + "\n", file);
}

/// No list of texts may have one twice.
fn refuse_doubles(schema: &mut Schema) {
    let items = schema.get("items").and_then(|items| items.get("type"));
    if items.is_some_and(|kind| kind == "string") {
        schema.insert("uniqueItems".to_owned(), true.into());
    }
}
