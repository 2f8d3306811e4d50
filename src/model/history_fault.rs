//! What can be wrong with a history, and how it is said: `history verify` and the rules use the same words.

use crate::lang::Lang;
use crate::say;

/// Folder of the history, below the root.
pub const HISTORY_FOLDER: &str = "rollout-history";

/// Why a manifest could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The text is not YAML; the parser's words.
    Syntax(String),
    /// Something that must hold keys with values does not.
    NotAMapping,
    /// A key that the format does not have.
    UnknownKey(String),
    /// A key that stands twice.
    RepeatedKey(String),
    /// A field that is missing, of the wrong type, or impossible.
    Field(&'static str),
    /// A version of the format that this program does not know.
    Format(i64),
    /// It is longer than any manifest.
    TooLong,
}

/// Something wrong with a history. Paths are below the root of the site; `revision` is a label such as `0003`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryFault {
    /// A `revision.yaml` that is no manifest.
    Unreadable {
        /// The revision.
        revision: String,
        /// Its manifest.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong there.
        why: Unreadable,
    },
    /// A manifest that gives itself another number than its folder's name does.
    WrongNumber {
        /// The revision, by its folder.
        revision: String,
        /// Its manifest.
        path: String,
        /// The number in the manifest.
        written: u32,
    },
    /// Numbers that no folder has, though later ones exist.
    Gap {
        /// First missing number.
        first: u32,
        /// Last missing number.
        last: u32,
    },
    /// Several folders with one number: two branches each made a revision.
    Fork {
        /// The number that they share.
        revision: String,
        /// The folders, sorted.
        paths: Vec<String>,
    },
    /// A revision that follows another parent than the one that is there: either changed since.
    BrokenParent {
        /// The revision that names its parent.
        revision: String,
        /// Its manifest.
        path: String,
        /// Manifest of the parent that is there; none for revision 1, which must have no parent.
        parent: Option<String>,
        /// The parent's hash as the revision names it.
        expected: Option<String>,
        /// The parent's hash as it is.
        actual: Option<String>,
    },
    /// A file that must be there and is not.
    MissingFile {
        /// The revision that keeps it.
        revision: String,
        /// The file.
        path: String,
    },
    /// A file whose bytes changed since the revision was made.
    EditedFile {
        /// The revision that keeps it.
        revision: String,
        /// The file.
        path: String,
        /// SHA-256 that it had.
        expected: String,
        /// SHA-256 that it has.
        actual: String,
        /// Whether only its line ends changed, as git and some editors do on their own.
        line_ends: bool,
    },
    /// A file, or a link, that no revision put there.
    ForeignFile {
        /// The revision in whose folder it lies, if it lies in one.
        revision: Option<String>,
        /// The file.
        path: String,
    },
    /// A folder that is no revision.
    OrphanFolder {
        /// The folder.
        path: String,
    },
    /// A record that points to a revision which does not keep the file.
    MissingStore {
        /// The revision that has the record.
        revision: String,
        /// Its manifest.
        path: String,
        /// Path of the source file.
        file: String,
        /// The revision it points to.
        store: String,
    },
    /// No revision has the hash that the history was expected to have.
    WrongRoot {
        /// The folder of the history.
        path: String,
        /// The hash that was expected.
        expected: String,
        /// Hash of the last revision.
        actual: Option<String>,
    },
}

impl HistoryFault {
    /// The rule that reports it.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Gap { .. } => "history/gap",
            Self::Fork { .. } => "history/fork",
            Self::OrphanFolder { .. } => "history/orphan-folder",
            _ => "history/edited-revision",
        }
    }

    /// The file or folder to look at, below the root; for a gap, the folder of the whole history.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Gap { .. } => HISTORY_FOLDER,
            Self::Fork { paths, .. } => paths.first().map_or(HISTORY_FOLDER, String::as_str),
            Self::Unreadable { path, .. }
            | Self::WrongNumber { path, .. }
            | Self::BrokenParent { path, .. }
            | Self::MissingFile { path, .. }
            | Self::EditedFile { path, .. }
            | Self::ForeignFile { path, .. }
            | Self::OrphanFolder { path }
            | Self::MissingStore { path, .. }
            | Self::WrongRoot { path, .. } => path,
        }
    }

    /// The label of the revision that it is about, if it is about one.
    #[must_use]
    pub fn revision(&self) -> Option<&str> {
        match self {
            Self::Unreadable { revision, .. }
            | Self::WrongNumber { revision, .. }
            | Self::Fork { revision, .. }
            | Self::BrokenParent { revision, .. }
            | Self::MissingFile { revision, .. }
            | Self::EditedFile { revision, .. }
            | Self::MissingStore { revision, .. } => Some(revision),
            Self::ForeignFile { revision, .. } => revision.as_deref(),
            Self::Gap { .. } | Self::OrphanFolder { .. } | Self::WrongRoot { .. } => None,
        }
    }

    /// The sentence for people, with names in backticks.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable { revision, path, line, column, why } => {
                let why = why.message(lang);
                say!(lang,
                    en: "revision {revision}: `{path}:{line}:{column}` cannot be read: {why}",
                    es: "revisión {revision}: `{path}:{line}:{column}` no se puede leer: {why}",
                    pt: "revisão {revision}: `{path}:{line}:{column}` não pode ser lido: {why}")
            }
            Self::WrongNumber { revision, path, written } => say!(lang,
                en: "revision {revision}: `{path}` says that it is number {written}",
                es: "revisión {revision}: `{path}` dice que es la número {written}",
                pt: "revisão {revision}: `{path}` diz que é a número {written}"),
            Self::Gap { first, last } => gap_message(*first, *last, lang),
            Self::Fork { revision, paths } => {
                let paths = paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
                say!(lang,
                    en: "revision {revision} exists more than once: {paths}",
                    es: "la revisión {revision} existe más de una vez: {paths}",
                    pt: "a revisão {revision} existe mais de uma vez: {paths}")
            }
            Self::BrokenParent { revision, path, parent, expected, actual } => {
                parent_message(revision, path, parent.as_deref(), expected.as_deref(), actual.as_deref(), lang)
            }
            Self::MissingFile { revision, path } => say!(lang,
                en: "revision {revision}: `{path}` is missing",
                es: "revisión {revision}: falta `{path}`",
                pt: "revisão {revision}: falta `{path}`"),
            Self::EditedFile { revision, path, line_ends: true, .. } => say!(lang,
                en: "revision {revision}: the line ends of `{path}` were converted; `rollout-history/.gitattributes` keeps git from it",
                es: "revisión {revision}: se convirtieron los finales de línea de `{path}`; `rollout-history/.gitattributes` evita que git lo haga",
                pt: "revisão {revision}: os finais de linha de `{path}` foram convertidos; `rollout-history/.gitattributes` evita que o git o faça"),
            Self::EditedFile { revision, path, expected, actual, .. } => say!(lang,
                en: "revision {revision}: `{path}` changed since it was kept (SHA-256 was {expected}, is {actual})",
                es: "revisión {revision}: `{path}` cambió desde que se guardó (su SHA-256 era {expected}, es {actual})",
                pt: "revisão {revision}: `{path}` mudou desde que foi guardado (seu SHA-256 era {expected}, é {actual})"),
            Self::ForeignFile { revision: Some(revision), path } => say!(lang,
                en: "revision {revision}: `{path}` is not part of it",
                es: "revisión {revision}: `{path}` no es parte de ella",
                pt: "revisão {revision}: `{path}` não faz parte dela"),
            Self::ForeignFile { revision: None, path } => say!(lang,
                en: "`{path}` is not part of the history",
                es: "`{path}` no es parte del historial",
                pt: "`{path}` não faz parte do histórico"),
            Self::OrphanFolder { path } => say!(lang,
                en: "the folder `{path}` is no revision",
                es: "la carpeta `{path}` no es una revisión",
                pt: "a pasta `{path}` não é uma revisão"),
            Self::MissingStore { revision, path, file, store } => say!(lang,
                en: "revision {revision}: `{path}` says that revision {store} keeps `{file}`, which it does not",
                es: "revisión {revision}: `{path}` dice que la revisión {store} guarda `{file}`, y no es así",
                pt: "revisão {revision}: `{path}` diz que a revisão {store} guarda `{file}`, e não é assim"),
            Self::WrongRoot { expected, actual, .. } => {
                let actual = actual.as_deref().unwrap_or("-");
                say!(lang,
                    en: "no revision has the hash {expected}; the last one has {actual}",
                    es: "ninguna revisión tiene el hash {expected}; la última tiene {actual}",
                    pt: "nenhuma revisão tem o hash {expected}; a última tem {actual}")
            }
        }
    }
}

fn gap_message(first: u32, last: u32, lang: Lang) -> String {
    match first == last {
        true => say!(lang,
            en: "revision {first:04} is missing, though later ones exist",
            es: "falta la revisión {first:04}, aunque hay posteriores",
            pt: "falta a revisão {first:04}, embora haja posteriores"),
        false => say!(lang,
            en: "revisions {first:04} to {last:04} are missing, though later ones exist",
            es: "faltan las revisiones {first:04} a {last:04}, aunque hay posteriores",
            pt: "faltam as revisões {first:04} a {last:04}, embora haja posteriores"),
    }
}

fn parent_message(
    revision: &str,
    path: &str,
    parent: Option<&str>,
    expected: Option<&str>,
    actual: Option<&str>,
    lang: Lang,
) -> String {
    let Some(parent) = parent else {
        return say!(lang,
            en: "revision {revision}: `{path}` names a parent, though it is the first revision",
            es: "revisión {revision}: `{path}` nombra una revisión anterior, aunque es la primera",
            pt: "revisão {revision}: `{path}` nomeia uma revisão anterior, embora seja a primeira");
    };
    let (expected, actual) = (expected.unwrap_or("-"), actual.unwrap_or("-"));
    say!(lang,
        en: "revision {revision}: `{path}` follows a parent with the hash {expected}, but `{parent}` has {actual}: one of the two was rewritten or moved",
        es: "revisión {revision}: `{path}` sigue a una revisión con el hash {expected}, pero `{parent}` tiene {actual}: una de las dos se reescribió o se movió",
        pt: "revisão {revision}: `{path}` segue uma revisão com o hash {expected}, mas `{parent}` tem {actual}: uma das duas foi reescrita ou movida")
}

impl Unreadable {
    /// The end of a sentence that says why a manifest cannot be read.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::NotUtf8 => say!(lang, en: "it is not UTF-8", es: "no es UTF-8", pt: "não é UTF-8"),
            Self::Syntax(words) => {
                say!(lang, en: "it is not YAML ({words})", es: "no es YAML ({words})", pt: "não é YAML ({words})")
            }
            Self::NotAMapping => say!(lang,
                en: "keys with values are expected here",
                es: "aquí se esperan claves con valores",
                pt: "aqui se esperam chaves com valores"),
            Self::UnknownKey(key) => say!(lang,
                en: "the format has no key `{key}`",
                es: "el formato no tiene la clave `{key}`",
                pt: "o formato não tem a chave `{key}`"),
            Self::RepeatedKey(key) => say!(lang,
                en: "the key `{key}` stands twice",
                es: "la clave `{key}` está dos veces",
                pt: "a chave `{key}` está duas vezes"),
            Self::Field(name) => say!(lang,
                en: "`{name}` is missing or wrong",
                es: "`{name}` falta o está mal",
                pt: "`{name}` falta ou está errado"),
            Self::Format(format) => say!(lang,
                en: "it has format {format}, which this version of Rollbook does not know",
                es: "tiene el formato {format}, que esta versión de Rollbook no conoce",
                pt: "tem o formato {format}, que esta versão do Rollbook não conhece"),
            Self::TooLong => say!(lang,
                en: "it is longer than any manifest",
                es: "es más largo que cualquier manifiesto",
                pt: "é mais longo que qualquer manifesto"),
        }
    }
}
