//! The words of the interface in one language, from `templates/strings/`.

use serde_json::{Map, Value as Json};

use crate::yaml::{self, Node, Value, YamlError};

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Strings {
    json: Json,
    value: tera::Value,
    /// What stands around the titles in the label of an anchor: every heading has one.
    anchor: Vec<String>,
}

impl Strings {
    /// Reads the words from YAML.
    ///
    /// # Errors
    /// When the text is not YAML.
    pub fn parse(text: &str) -> Result<Self, YamlError> {
        Ok(Self::from(json(&yaml::parse(text, 0)?)))
    }

    /// These words, and those of `base` where they lack one: a site's own file need not repeat the whole theme's.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        let mut json = base.json.clone();
        merge(&mut json, self.json);
        Self::from(json)
    }

    /// Everything, for templates.
    #[must_use]
    pub fn value(&self) -> tera::Value {
        self.value.clone()
    }

    /// What stands at a path, for files that are no HTML.
    #[must_use]
    pub fn json(&self, path: &str) -> Json {
        path.split('.').try_fold(&self.json, |at, part| at.get(part)).cloned().unwrap_or_default()
    }

    /// One word by its path, `status.pending`; the path itself where a site's own file lacks it.
    #[must_use]
    pub fn get<'a>(&'a self, path: &'a str) -> &'a str {
        let found = path.split('.').try_fold(&self.json, |at, part| at.get(part));
        found.and_then(Json::as_str).unwrap_or(path)
    }

    /// The pieces of the label of an anchor, between which the heading's title stands.
    #[must_use]
    pub fn anchor(&self) -> &[String] {
        &self.anchor
    }

    /// One word with a value in the place of `{name}`.
    #[must_use]
    pub fn fill(&self, path: &str, name: &str, value: &str) -> String {
        self.get(path).replace(&format!("{{{name}}}"), value)
    }
}

impl From<Json> for Strings {
    fn from(json: Json) -> Self {
        let mut strings = Self { value: tera::Value::from_serializable(&json), json, anchor: Vec::new() };
        strings.anchor = strings.get("anchor").split("{title}").map(str::to_owned).collect();
        strings
    }
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Mapping(entries) => Json::Object(
            entries.iter().map(|entry| (entry.key.value.clone(), json(&entry.node))).collect::<Map<_, _>>(),
        ),
        Value::Sequence(items) => Json::Array(items.iter().map(json).collect()),
        _ => node.as_text().map_or(Json::Null, Json::String),
    }
}

/// Puts `own` over `base`, map by map.
fn merge(base: &mut Json, own: Json) {
    match (base, own) {
        (Json::Object(base), Json::Object(own)) => {
            own.into_iter().for_each(|(key, value)| merge(base.entry(key).or_insert(Json::Null), value));
        }
        (base, own) if !own.is_null() => *base = own,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Strings;

    #[test]
    fn a_sites_own_words_lie_over_the_themes() {
        let theme = Strings::parse("a: {b: uno, c: dos}\nd: tres\n").unwrap();
        let own = Strings::parse("a: {b: otro}\n").unwrap().over(&theme);
        assert_eq!((own.get("a.b"), own.get("a.c"), own.get("d")), ("otro", "dos", "tres"));
        assert_eq!(own.get("a.nada"), "a.nada");
    }
}
