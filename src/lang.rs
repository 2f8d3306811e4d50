//! The languages that Rollbook speaks, and how a message is written in each.

use std::fmt;
use std::str::FromStr;

/// A language of the interface and of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
}

impl Lang {
    /// Every language, in the order of the codes.
    pub const ALL: [Self; 3] = [Self::En, Self::Es, Self::Pt];

    /// The BCP 47 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Pt => "pt",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = ();

    /// Reads a language tag; the region does not matter (`pt-BR` is Portuguese).
    fn from_str(tag: &str) -> Result<Self, ()> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| lang.code() == primary).ok_or(())
    }
}

/// Writes one message in the language at hand. Every language has to have a text: one that lacks it does not compile.
///
/// ```
/// use rollbook::{lang::Lang, say};
/// let n = 3;
/// assert_eq!(say!(Lang::Es, en: "{n} pages", es: "{n} páginas", pt: "{n} páginas"), "3 páginas");
/// ```
#[macro_export]
macro_rules! say {
    ($lang:expr, en: $en:literal, es: $es:literal, pt: $pt:literal $(,)?) => {
        match $lang {
            $crate::lang::Lang::En => format!($en),
            $crate::lang::Lang::Es => format!($es),
            $crate::lang::Lang::Pt => format!($pt),
        }
    };
}
