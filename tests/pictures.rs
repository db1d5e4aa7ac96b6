//! The picture of the README shows real output, below the command that makes it. To accept
//! a change: `SNAPSHOTS=overwrite cargo test --test integration pictures`.

use std::fs;

use snapbox::{Data, assert_data_eq};

use crate::support::orgerr_reading;

#[test]
fn the_picture_shows_what_the_tool_prints() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let log = fs::read(format!("{folder}/examples/terraform-apply.log")).unwrap();
    let screen = orgerr_reading("--width 80 --color always", log).succeeded();
    let screen = format!("$ terraform apply 2>&1 | orgerr\n{}", screen.stdout);
    let picture = format!("{folder}/docs/explain.term.svg");
    assert_data_eq!(screen, Data::read_from(picture.as_ref(), None));
}
