//! Which views of the rollout a site has, and where each of them is.
//!
//! A page that holds all entities of one kind is the view of them: a checklist page needs no second page that lists the same
//! rows. Only where the entities are spread over several pages, or stand inside a plan, a page is generated, below `rollout/`.

use std::collections::BTreeMap;

use crate::model::{Kind, OutPath, PageId, Revision, Site};
use crate::source::FileId;
use crate::words::slug;

/// A view of the rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// All items of all checklists.
    Checklist,
    /// The registry of flags.
    Flags,
    /// Every change of every flag.
    FlagHistory,
    /// Every revision of the plan.
    History,
}

impl View {
    /// All views, in the order of the navigation.
    pub const ALL: [Self; 4] = [Self::Checklist, Self::Flags, Self::FlagHistory, Self::History];

    /// Key in templates and interface words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Checklist => "checklist",
            Self::Flags => "flags",
            Self::FlagHistory => "flag_history",
            Self::History => "history",
        }
    }

    /// Where it is generated.
    fn path(self) -> OutPath {
        OutPath::new(match self {
            Self::Checklist => "rollout/checklist.html",
            Self::Flags => "rollout/flags.html",
            Self::FlagHistory => "rollout/flag-history.html",
            Self::History => "rollout/history.html",
        })
    }
}

/// Where a view is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page of the site is the view.
    Page(PageId),
    /// It is generated.
    Generated(OutPath),
}

/// The views of one site.
#[derive(Debug, Default)]
pub struct Views {
    places: BTreeMap<View, Place>,
    /// The page of each flag, by key; in the order of registration.
    flags: Vec<OutPath>,
    by_key: BTreeMap<String, usize>,
    revisions: Vec<OutPath>,
}

impl Views {
    /// Decides which views a site has: an ordinary docs site without a plan has none.
    #[must_use]
    pub fn new(site: &Site, revisions: &[Revision]) -> Self {
        let plan = &site.plan;
        let items: Vec<FileId> = plan.checklists.iter().map(|list| list.file).collect();
        let flags: Vec<FileId> = plan.flags.iter().map(|flag| flag.file).collect();
        let events: Vec<FileId> = plan.events.iter().map(|event| event.file).collect();
        let mut views = Self::default();
        views.place(View::Checklist, host(site, Kind::Checklist, &items), plan.items().next().is_some());
        views.place(View::Flags, host(site, Kind::Flags, &flags), !flags.is_empty());
        views.place(View::FlagHistory, host(site, Kind::FlagEvent, &events), !flags.is_empty() || !events.is_empty());
        let has_plan = !views.places.is_empty();
        views.place(View::History, None, has_plan || !revisions.is_empty());
        for flag in &plan.flags {
            let key = &flag.key.value;
            let path = OutPath::new(format!("rollout/flags/{}.html", file_name(key)));
            views.by_key.entry(key.clone()).or_insert(views.flags.len());
            views.flags.push(path);
        }
        let path = |revision: &Revision| OutPath::new(format!("rollout/history/{}.html", revision.label()));
        views.revisions = revisions.iter().map(path).collect();
        views
    }

    fn place(&mut self, view: View, host: Option<PageId>, wanted: bool) {
        let place = host.map(Place::Page).or_else(|| wanted.then(|| Place::Generated(view.path())));
        self.places.extend(place.map(|place| (view, place)));
    }

    /// Where a view is, if the site has it.
    #[must_use]
    pub fn place_of(&self, view: View) -> Option<&Place> {
        self.places.get(&view)
    }

    /// The output path of a view.
    #[must_use]
    pub fn path<'a>(&'a self, site: &'a Site, view: View) -> Option<&'a OutPath> {
        Some(match self.places.get(&view)? {
            Place::Page(page) => &site.page(*page).out,
            Place::Generated(path) => path,
        })
    }

    /// Views that are generated, with their paths.
    pub fn generated(&self) -> impl Iterator<Item = (View, &OutPath)> {
        self.places.iter().filter_map(|(view, place)| match place {
            Place::Generated(path) => Some((*view, path)),
            Place::Page(_) => None,
        })
    }

    /// The page of the flag with this key.
    #[must_use]
    pub fn flag_page(&self, key: &str) -> Option<&OutPath> {
        self.by_key.get(key).map(|index| &self.flags[*index])
    }

    /// The flags that have a page, as indexes into the plan, with the paths. A key that is registered twice has one page.
    pub fn flag_pages(&self) -> impl Iterator<Item = (usize, &OutPath)> {
        self.by_key.values().map(|index| (*index, &self.flags[*index]))
    }

    /// The pages of the revisions, in their order.
    #[must_use]
    pub fn revision_pages(&self) -> &[OutPath] {
        &self.revisions
    }
}

/// The one published page of a kind, if every entity of that kind stands on it.
fn host(site: &Site, kind: Kind, files: &[FileId]) -> Option<PageId> {
    let mut pages =
        (0..site.pages.len()).map(PageId).filter(|page| site.page(*page).kind == kind && site.is_published(*page));
    let page = pages.next().filter(|_| pages.next().is_none())?;
    files.iter().all(|file| *file == site.document(page).file).then_some(page)
}

/// A key as a file name: keys are plain words nearly always.
fn file_name(key: &str) -> String {
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let name = if plain { key.to_owned() } else { slug(key) };
    if name.is_empty() || name.starts_with('.') { format!("flag-{name}") } else { name }
}
