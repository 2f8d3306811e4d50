//! The template engine: the embedded theme, the site's own files over it, and errors with their place. The only module that
//! knows `tera` beyond its values.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use tera::value::Key;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use crate::lang::Lang;
use crate::render::strings::Strings;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Most pages are not larger, in bytes.
const USUAL_FILE: usize = 1 << 15;

/// All templates and interface words of a site.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    words: BTreeMap<Lang, Words>,
}

/// The interface words of one language: a site's own, if it has any, over the theme's. They are joined when the first page in that
/// language asks for them, since most sites have only one.
#[derive(Debug)]
struct Words {
    own: Option<Strings>,
    joined: OnceLock<Strings>,
}

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The engine's report: message, `file:line:column`, the line and a caret.
    pub report: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl std::error::Error for TemplateError {}

impl Templates {
    /// Joins the embedded theme with a site's own templates, given as name below `templates/` and text.
    ///
    /// # Errors
    /// When a template or a file of interface words does not parse.
    pub fn new<'a>(own: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, TemplateError> {
        let mut texts: BTreeMap<String, &str> = BTreeMap::new();
        collect(&TEMPLATES, &mut texts);
        let own: BTreeMap<String, &str> = own.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        let words = Lang::ALL.into_iter().map(|lang| Ok((lang, Words::new(lang, &own)?))).collect::<Result<_, _>>()?;
        texts.extend(own);
        let mut tera = Tera::default();
        tera.register_filter("fill", fill);
        tera.register_filter("plural", plural);
        let is_template = |name: &str| name.ends_with(".html") || name.ends_with(".xml");
        let templates = texts.iter().filter(|(name, _)| is_template(name) && !name.starts_with("preview/"));
        tera.add_raw_templates(templates.map(|(name, text)| (name.as_str(), *text))).map_err(|error| report(&error))?;
        tera.autoescape_on([".html", ".xml"]);
        Ok(Self { tera, words })
    }

    /// The interface words of a language.
    #[must_use]
    pub fn strings(&self, lang: Lang) -> &Strings {
        let words = &self.words[&lang];
        words.joined.get_or_init(|| {
            let theme = theme_words(lang);
            match words.own.clone() {
                Some(own) => own.over(&theme),
                None => theme,
            }
        })
    }

    /// Renders one template.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        self.tera.render(name, context).map_err(|error| report(&error))
    }

    /// Renders one template to the bytes of a file. They are UTF-8, and nobody has to look again whether they are.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render_file(&self, name: &str, context: &Context) -> Result<Vec<u8>, TemplateError> {
        let mut bytes = Vec::with_capacity(USUAL_FILE);
        self.tera.render_to(name, context, &mut bytes).map_err(|error| report(&error))?;
        Ok(bytes)
    }

    /// The files of the embedded theme that are copied as they are, with their paths below the site.
    pub fn assets(&self) -> impl Iterator<Item = (&'static str, &'static [u8])> {
        let mut files = Vec::new();
        let mut folders = vec![&STATIC];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            files.extend(folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents()))));
        }
        files.sort_unstable_by_key(|(path, _)| *path);
        files.into_iter()
    }
}

fn collect(folder: &'static Dir<'static>, texts: &mut BTreeMap<String, &str>) {
    for file in folder.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            texts.insert(path.replace('\\', "/"), text);
        }
    }
    folder.dirs().for_each(|folder| collect(folder, texts));
}

impl Words {
    fn new(lang: Lang, own: &BTreeMap<String, &str>) -> Result<Self, TemplateError> {
        let name = words_file(lang);
        let own = own.get(&name).map(|text| parse_strings(&name, text)).transpose()?;
        Ok(Self { own, joined: OnceLock::new() })
    }
}

fn words_file(lang: Lang) -> String {
    format!("strings/{lang}.yaml")
}

/// The theme's own words of a language.
fn theme_words(lang: Lang) -> Strings {
    let name = words_file(lang);
    let text = TEMPLATES.get_file(&name).and_then(|file| file.contents_utf8()).unwrap_or_default();
    parse_strings(&name, text).expect("the words of the theme are YAML")
}

fn parse_strings(name: &str, text: &str) -> Result<Strings, TemplateError> {
    Strings::parse(text).map_err(|error| {
        let line = text[..error.span.start as usize].matches('\n').count() + 1;
        TemplateError { report: format!("{}\n --> templates/{name}:{line}", error.message) }
    })
}

/// The engine's own report; the names in it are made to look like paths.
fn report(error: &tera::Error) -> TemplateError {
    let report = error.to_string().replace("--> ", "--> templates/");
    TemplateError { report: report.strip_prefix("error: ").unwrap_or(&report).to_owned() }
}

/// `{{ "{done} of {total}" | fill(done=3, total=7) }}`
fn fill(text: &str, values: Kwargs, _: &State) -> TeraResult<String> {
    let filled =
        |text: String, (name, value): (&Key<'static>, &Value)| text.replace(&format!("{{{name}}}"), &value.to_string());
    Ok(values.iter().fold(text.to_owned(), filled))
}

/// `{{ t.items | plural(n=3) }}`: takes `one` or `other` of a map and puts the number in the place of `{n}`.
fn plural(forms: &Value, values: Kwargs, _: &State) -> TeraResult<String> {
    let n: u64 = values.must_get("n")?;
    let form = forms.as_map().and_then(|forms| forms.get(&Key::from(if n == 1 { "one" } else { "other" })));
    let Some(form) = form else { return Err(tera::Error::message("`plural` takes a map with `one` and `other`")) };
    Ok(form.to_string().replace("{n}", &n.to_string()))
}
