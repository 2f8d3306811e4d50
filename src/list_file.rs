//! A YAML file that is a list of mappings, bare or under one key. Waivers and the baseline are such files.

use crate::fields::{FieldFault, FieldSpec, Fields, mappings, value};
use crate::source::Span;
use crate::yaml::{self, Entry, TypeName, Value};

/// Something wrong with such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListFault {
    /// It is not YAML.
    Syntax {
        /// The parser's words.
        message: String,
        /// Where.
        span: Span,
    },
    /// It is YAML, but no list.
    NotAList {
        /// What it is instead.
        found: TypeName,
        /// Where.
        span: Span,
    },
    /// A key or a value.
    Field(FieldFault),
}

/// Reads every mapping of the list in `text`, which may stand under the one key of `specs`.
pub fn read<T>(
    text: &str,
    specs: &'static [FieldSpec; 1],
    read: impl Fn(&[Entry], &mut Vec<FieldFault>) -> T,
) -> (Vec<T>, Vec<ListFault>) {
    let tree = match yaml::parse(text, 0) {
        Ok(tree) => tree,
        Err(error) => return (Vec::new(), vec![ListFault::Syntax { message: error.message, span: error.span }]),
    };
    let mut faults = Vec::new();
    let key = specs[0].name;
    let entries = match &tree.value {
        Value::Null => Vec::new(),
        Value::Sequence(_) => mappings(key, Some(&tree), &mut faults, read),
        Value::Mapping(entries) => {
            Fields::new(entries, specs, &mut faults);
            mappings(key, value(entries, key), &mut faults, read)
        }
        _ => return (Vec::new(), vec![ListFault::NotAList { found: tree.type_name(), span: tree.span }]),
    };
    (entries, faults.into_iter().map(ListFault::Field).collect())
}
