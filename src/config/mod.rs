//! The settings: `rollbook.yaml` as written becomes a valid [`Config`]; what is wrong becomes faults with places.

mod pattern;
mod people;
mod rules;

pub use pattern::PathPattern;
pub use people::{PERSON_SPECS, Person};
pub use rules::{OVERRIDE_SPECS, Override, PROFILE_SPECS, Profile, RuleSetting, SEVERITY};

use std::path::Path;

use anyhow::Context as _;

use crate::fields::{FieldFault, FieldSpec, FieldType, Fields, entries_under, value};
use crate::lang::Lang;
use crate::source::{SourceFile, Span, Spanned};
use crate::yaml::{self, Entry, TypeName, Value};

/// Name of the settings file, below the root.
pub const FILE: &str = "rollbook.yaml";

/// How many days ahead a waiver may reach where the settings do not say.
pub const WAIVER_DAYS: i64 = 30;

/// What lasts longer is no waiver any more, but a setting.
const MOST_WAIVER_DAYS: i64 = 366;

/// What is done with raw HTML in content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// Harmless elements and attributes stay, the rest is shown as text.
    #[default]
    Safe,
    /// Everything stays: for teams that trust all their authors.
    Raw,
}

/// The valid settings. Every one has a default, and so a site needs no settings file.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name of the site; without one, the home page's title serves.
    pub title: Option<String>,
    /// One sentence about the site.
    pub description: Option<String>,
    /// Language of the site and of messages.
    pub lang: Lang,
    /// Whether the settings name the language; otherwise it is told from the pages.
    pub names_lang: bool,
    /// Where the site will be published, with a slash at its end. The sitemap, canonical links and the page
    /// for what is not there need it.
    pub base_url: Option<String>,
    /// Where a page can be edited; `{path}` stands for the path below the root.
    pub edit_url: Option<String>,
    /// Text at the foot of each page, in Markdown.
    pub footer: Option<String>,
    /// Folder of the pages, below the root.
    pub content: String,
    /// Folder of the built site, below the root.
    pub out: String,
    /// What is done with raw HTML.
    pub html: RawHtml,
    /// Whether the site has a search.
    pub search: bool,
    /// Folders that a revision keeps, below the root.
    pub versioned: Vec<String>,
    /// The profile that `check` takes where none is asked for.
    pub profile: Option<Spanned<String>>,
    /// What is said of rules. One that is named wins over its group.
    pub rules: Vec<RuleSetting>,
    /// What is said of rules for some paths; a later one wins.
    pub overrides: Vec<Override>,
    /// The site's own profiles, and changes to the built-in ones.
    pub profiles: Vec<Profile>,
    /// Who can answer for things. Empty where the settings do not say.
    pub people: Vec<Person>,
    /// Words of the site's own, as written.
    pub vocabulary: Vec<Entry>,
    /// How many days ahead a waiver may reach.
    pub waiver_days: i64,
    /// What is wrong with the settings file.
    pub faults: Vec<ConfigFault>,
}

/// Something wrong with the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigFault {
    /// It is not YAML.
    Syntax {
        /// The parser's words.
        message: String,
        /// Where.
        span: Span,
    },
    /// It is YAML, but not a mapping.
    NotAMapping {
        /// What it is instead.
        found: TypeName,
        /// Where.
        span: Span,
    },
    /// A key or a value.
    Field(FieldFault),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            lang: Lang::default(),
            names_lang: false,
            base_url: None,
            edit_url: None,
            footer: None,
            content: "content".to_owned(),
            out: "public".to_owned(),
            html: RawHtml::default(),
            search: true,
            versioned: vec!["content".to_owned(), "data".to_owned()],
            profile: None,
            rules: Vec::new(),
            overrides: Vec::new(),
            profiles: Vec::new(),
            people: Vec::new(),
            vocabulary: Vec::new(),
            waiver_days: WAIVER_DAYS,
            faults: Vec::new(),
        }
    }
}

/// Every key of the settings, with what it takes.
pub const SPECS: &[FieldSpec] = &[
    FieldSpec { name: "title", takes: FieldType::Text },
    FieldSpec { name: "description", takes: FieldType::Text },
    FieldSpec { name: "lang", takes: FieldType::OneOf(&["en", "es", "pt"]) },
    FieldSpec { name: "base_url", takes: FieldType::Text },
    FieldSpec { name: "edit_url", takes: FieldType::Text },
    FieldSpec { name: "footer", takes: FieldType::Text },
    FieldSpec { name: "content", takes: FieldType::Folder },
    FieldSpec { name: "out", takes: FieldType::Folder },
    FieldSpec { name: "html", takes: FieldType::OneOf(&["safe", "raw"]) },
    FieldSpec { name: "search", takes: FieldType::Bool },
    FieldSpec { name: "versioned", takes: FieldType::TextList },
    FieldSpec { name: "profile", takes: FieldType::Text },
    FieldSpec { name: "rules", takes: FieldType::Map },
    FieldSpec { name: "overrides", takes: FieldType::MapList },
    FieldSpec { name: "profiles", takes: FieldType::Map },
    FieldSpec { name: "people", takes: FieldType::Map },
    FieldSpec { name: "vocabulary", takes: FieldType::Map },
    FieldSpec { name: "waivers", takes: FieldType::Map },
];

/// Keys below `waivers:`.
pub const WAIVER_SPECS: &[FieldSpec] =
    &[FieldSpec { name: "max_days", takes: FieldType::IntegerIn(1, MOST_WAIVER_DAYS) }];

impl Config {
    /// Reads the settings from the text of their file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let tree = match yaml::parse(text, 0) {
            Ok(tree) => tree,
            Err(error) => return Self::broken(ConfigFault::Syntax { message: error.message, span: error.span }),
        };
        let entries = match &tree.value {
            Value::Null => &[],
            Value::Mapping(entries) => entries.as_slice(),
            _ => return Self::broken(ConfigFault::NotAMapping { found: tree.type_name(), span: tree.span }),
        };
        let mut faults = Vec::new();
        let mut fields = Fields::new(entries, SPECS, &mut faults);
        let default = Self::default();
        let mut text = |name| fields.text(name).map(|text| text.value);
        let mut config = Self {
            title: text("title"),
            description: text("description"),
            base_url: text("base_url").map(with_slash),
            edit_url: text("edit_url"),
            footer: text("footer"),
            ..Self::default()
        };
        let mut folder = |name| fields.one_of(name, folder_below_root).map(|folder| folder.value);
        config.content = folder("content").unwrap_or(default.content);
        config.out = folder("out").unwrap_or(default.out);
        let lang = fields.one_of("lang", |word| word.parse().ok()).map(|lang| lang.value);
        config.names_lang = lang.is_some();
        config.lang = lang.unwrap_or(default.lang);
        config.html = fields.one_of("html", raw_html).map_or(default.html, |html| html.value);
        config.search = fields.bool("search").map_or(default.search, |search| search.value);
        let versioned = fields.texts("versioned");
        let (inside, outside): (Vec<_>, Vec<_>) =
            versioned.into_iter().partition(|folder| folder_below_root(&folder.value).is_some());
        if !inside.is_empty() {
            config.versioned = inside.iter().filter_map(|folder| folder_below_root(&folder.value)).collect();
        }
        faults.extend(outside.into_iter().map(|folder| FieldFault::WrongType {
            field: "versioned",
            expected: FieldType::Folder,
            found: TypeName::Text,
            written: Some(folder.value),
            span: folder.span,
        }));
        config.read_policy(entries, &mut faults);
        config.faults = faults.into_iter().map(ConfigFault::Field).collect();
        config
    }

    /// Reads what the settings say of checking. The keys were judged before.
    fn read_policy(&mut self, entries: &[Entry], faults: &mut Vec<FieldFault>) {
        let mut fields = Fields::of_judged(entries, SPECS, faults);
        self.profile = fields.text("profile");
        for name in ["rules", "profiles", "vocabulary", "waivers"] {
            fields.map(name);
        }
        self.rules = rules::rules(entries_under(entries, "rules"), faults);
        self.overrides = rules::overrides(value(entries, "overrides"), faults);
        self.profiles = rules::profiles(entries_under(entries, "profiles"), faults);
        self.people = people::people(value(entries, "people"), faults);
        self.vocabulary = entries_under(entries, "vocabulary").to_vec();
        let waivers = entries_under(entries, "waivers");
        let days = Fields::new(waivers, WAIVER_SPECS, faults).integer("max_days");
        self.waiver_days = days.map_or(WAIVER_DAYS, |days| days.value);
    }

    fn broken(fault: ConfigFault) -> Self {
        Self { faults: vec![fault], ..Self::default() }
    }
}

/// Reads the settings file of a site, if it has one.
///
/// # Errors
/// When the file exists and cannot be read.
pub fn read(root: &Path) -> anyhow::Result<(Config, Option<SourceFile>)> {
    let path = root.join(FILE);
    match std::fs::read(&path) {
        Ok(bytes) => {
            let file = SourceFile::from_bytes(FILE, bytes);
            Ok((Config::parse(&file.text), Some(file)))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok((Config::default(), None)),
        Err(error) => Err(error).with_context(|| format!("reading the settings `{}`", path.display())),
    }
}

fn raw_html(word: &str) -> Option<RawHtml> {
    match word {
        "safe" => Some(RawHtml::Safe),
        "raw" => Some(RawHtml::Raw),
        _ => None,
    }
}

/// A URL that ends with a slash, so that paths can be put behind it.
#[must_use]
pub fn with_slash(mut url: String) -> String {
    if !url.ends_with('/') {
        url.push('/');
    }
    url
}

/// A folder that leads nowhere but down: settings of a stranger's branch must not reach outside the repository.
fn folder_below_root(folder: &str) -> Option<String> {
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    let is_name = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    folder.split('/').all(is_name).then(|| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_read() {
        let config = Config::parse(
            "title: T\ndescription: D\nlang: pt\nbase_url: https://x.example/docs\nedit_url: e\nfooter: F\ncontent: ./docs/\nout: site\nhtml: raw\nsearch: false\nversioned: [docs]\n",
        );
        assert!(config.faults.is_empty(), "{:?}", config.faults);
        assert_eq!(config.base_url.as_deref(), Some("https://x.example/docs/"));
        assert_eq!((config.content.as_str(), config.out.as_str()), ("docs", "site"));
        assert_eq!((config.lang, config.html), (Lang::Pt, RawHtml::Raw));
        assert!(!config.search);
        assert_eq!(config.versioned, ["docs"]);
    }

    #[test]
    fn folders_stay_below_the_root() {
        for folder in ["..", "../x", "/etc", "a/../../b", "''", "a//b"] {
            let config = Config::parse(&format!("content: {folder}\nout: {folder}\nversioned: [data, {folder}]\n"));
            assert_eq!(config.faults.len(), 3, "{folder}: {:?}", config.faults);
            assert_eq!((config.content.as_str(), config.out.as_str()), ("content", "public"));
        }
    }

    #[test]
    fn an_empty_file_is_the_defaults() {
        let config = Config::parse("# nothing yet\n");
        assert!(config.faults.is_empty());
        assert_eq!(config.content, "content");
    }

    #[test]
    fn problems_are_faults_with_places() {
        let config = Config::parse("titel: T\nlang: fr\nlang: es\n");
        assert_eq!(config.faults.len(), 3, "{:?}", config.faults);
        assert!(matches!(Config::parse("- a").faults[..], [ConfigFault::NotAMapping { .. }]));
        assert!(matches!(Config::parse("a: [").faults[..], [ConfigFault::Syntax { .. }]));
    }
}
