//! What a page says of itself.

use chrono::NaiveDate;

use crate::lang::Lang;
use crate::source::Spanned;
use crate::yaml::Entry;

/// What a page is for. It decides which entities are looked for and which template renders it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Any page.
    #[default]
    Page,
    /// A manual for users.
    Manual,
    /// A whole rollout plan.
    Plan,
    /// The go-live checklist.
    Checklist,
    /// The registry of flags.
    Flags,
    /// Changes of flags.
    FlagEvent,
    /// The phases.
    Phases,
    /// The metrics.
    Metrics,
    /// The rollback procedure.
    Rollback,
    /// The communication plan.
    Communications,
    /// The risks.
    Risks,
    /// A decision.
    Decision,
    /// The closing report.
    Report,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::Page,
        Self::Manual,
        Self::Plan,
        Self::Checklist,
        Self::Flags,
        Self::FlagEvent,
        Self::Phases,
        Self::Metrics,
        Self::Rollback,
        Self::Communications,
        Self::Risks,
        Self::Decision,
        Self::Report,
    ];

    /// The word in front matter.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Manual => "manual",
            Self::Plan => "plan",
            Self::Checklist => "checklist",
            Self::Flags => "flags",
            Self::FlagEvent => "flag-event",
            Self::Phases => "phases",
            Self::Metrics => "metrics",
            Self::Rollback => "rollback",
            Self::Communications => "communications",
            Self::Risks => "risks",
            Self::Decision => "decision",
            Self::Report => "report",
        }
    }

    /// The kind with this word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Whether tables and lists of such a page are read as parts of a plan without being asked.
    #[must_use]
    pub const fn is_part_of_a_plan(self) -> bool {
        !matches!(self, Self::Page | Self::Manual)
    }
}

/// A span of the calendar, as `review_every` names it: `90d`, `6w`, `3m`, `1y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Days.
    Days(u32),
    /// Months.
    Months(u32),
}

impl Interval {
    /// Reads a number and a unit: days, weeks, months, years.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unit = text.chars().next_back()?;
        let number: u32 =
            text[..text.len() - unit.len_utf8()].trim().parse().ok().filter(|it| (1..=3660).contains(it))?;
        match unit {
            'd' => Some(Self::Days(number)),
            'w' => Some(Self::Days(number * 7)),
            'm' => Some(Self::Months(number)),
            'y' => Some(Self::Months(number * 12)),
            _ => None,
        }
    }

    /// The day that lies so much behind `day`.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => day.checked_add_days(chrono::Days::new(days.into())),
            Self::Months(months) => day.checked_add_months(chrono::Months::new(months)),
        }
    }
}

/// The front matter of a page after reading: every field is valid or absent.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// Title of the page.
    pub title: Option<Spanned<String>>,
    /// One sentence for lists and search engines.
    pub description: Option<Spanned<String>>,
    /// What the page is for, if written.
    pub kind: Option<Spanned<Kind>>,
    /// Language of the page.
    pub lang: Option<Spanned<Lang>>,
    /// When it was written.
    pub date: Option<Spanned<NaiveDate>>,
    /// When it was last changed in substance.
    pub updated: Option<Spanned<NaiveDate>>,
    /// Place among its siblings, small first.
    pub weight: Option<Spanned<i64>>,
    /// Last part of the output path instead of the file's name.
    pub slug: Option<Spanned<String>>,
    /// Older paths that lead here.
    pub aliases: Vec<Spanned<String>>,
    /// Words to group pages by.
    pub tags: Vec<Spanned<String>>,
    /// Who wrote it.
    pub authors: Vec<Spanned<String>>,
    /// Role that answers for the page.
    pub owner: Option<Spanned<String>>,
    /// Not published.
    pub draft: Option<Spanned<bool>>,
    /// Whether the page shows its table of contents.
    pub toc: Option<Spanned<bool>>,
    /// Whether the search finds the page.
    pub search: Option<Spanned<bool>>,
    /// When somebody last read it against reality.
    pub reviewed: Option<Spanned<NaiveDate>>,
    /// How often that has to happen: `90d`.
    pub review_every: Option<Spanned<String>>,
    /// Defaults for the pages below (only in a section's own page), already parsed.
    pub cascade: Option<Box<FrontMatter>>,
    /// The keys that hold entities, `checklist:` and the like, as written, for recognition.
    pub entities: Vec<Entry>,
}
