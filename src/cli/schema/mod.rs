//! `rollbook schema`: JSON Schemas, so that editors complete and check what people write.

mod fields;
mod settings;

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Map, Value, json};

use crate::model::Kind;
use crate::parse::{ENTITIES, FRONT_MATTER};
use crate::report;
use crate::words::nearest;
use fields::{entity, object};

/// The dialect of every schema.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Print the JSON Schema of front matter, of the settings, or of a report.
///
/// Schemas are made from the tables by which Rollbook itself reads, so that an editor and `rollbook check` agree.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook schema settings > rollbook.schema.json
  rollbook schema checklist > checklist.schema.json
  rollbook schema page
  rollbook schema report")]
pub struct Args {
    /// `settings`, `report`, or the kind of a page: `page`, `manual`, `plan`, `checklist`, …
    #[arg(value_name = "WHAT")]
    pub what: String,
}

/// Runs the command.
///
/// # Errors
/// When there is no such schema.
pub fn run(args: &Args, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let schema = match args.what.as_str() {
        "settings" => settings::schema(),
        "report" => report::json::schema(),
        kind => front_matter(find(kind)?),
    };
    writeln!(out, "{schema:#}")?;
    Ok(ExitCode::SUCCESS)
}

fn find(word: &str) -> anyhow::Result<Kind> {
    let words = Kind::ALL.into_iter().map(Kind::key).chain(["settings", "report"]);
    match (Kind::from_key(word), nearest(word, words)) {
        (Some(kind), _) => Ok(kind),
        (None, Some(near)) => bail!("there is no schema `{word}`; did you mean `{near}`?"),
        (None, None) => bail!("there is no schema `{word}`: take `settings`, `report`, or the kind of a page"),
    }
}

/// The schema of the front matter of one kind of page.
fn front_matter(kind: Kind) -> Value {
    let mut properties = properties();
    // The kind is the default where none is written, or comes from a section's `cascade:`.
    let written = if kind == Kind::default() { json!({"enum": [kind.key()]}) } else { json!({"const": kind.key()}) };
    properties.insert("kind".to_owned(), written);
    let mut below = properties.clone();
    below.remove("cascade");
    properties
        .insert("cascade".to_owned(), json!({"type": "object", "properties": below, "additionalProperties": false}));
    json!({
        "$schema": DIALECT,
        "title": format!("Front matter of a page of kind `{}`", kind.key()),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn properties() -> Map<String, Value> {
    let mut properties = object(FRONT_MATTER);
    for fields in ENTITIES {
        properties.insert(fields.key.to_owned(), entity(fields));
    }
    properties
}
