//! The JSON Schemas of what the tool prints, from the very types. The files are committed,
//! because the tool prints them: `SNAPSHOTS=overwrite cargo test --lib in_step` writes them
//! anew.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use snapbox::data::DataFormat;
use snapbox::{Data, assert_data_eq};

use crate::{Finding, Hit};

#[track_caller]
fn is_in_step<T: JsonSchema>(name: &str) {
    let path = format!("{}/docs/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    // As text, so that the order of its keys counts too.
    let file = Data::read_from(path.as_ref(), Some(DataFormat::Text)).raw();
    let mut settings = SchemaSettings::draft07().for_serialize();
    settings
        .transforms
        .push(Box::new(RecursiveTransform(shorten_description)));
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

#[test]
fn the_schema_of_entries_is_in_step() {
    is_in_step::<crate::Entry>("entry");
}

#[test]
fn the_schema_of_hits_is_in_step() {
    is_in_step::<Hit>("hit");
}

#[test]
fn the_schema_of_findings_is_in_step() {
    is_in_step::<Finding>("finding");
}
