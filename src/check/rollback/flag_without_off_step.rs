//! `rollback/flag-without-off-step`

use std::collections::BTreeMap;

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rollback::switches::{Switches, Way, switches};
use crate::check::rollback::{beginning, texts};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::lang::Lang;
use crate::model::{Phase, Rollback, Site};
use crate::say;
use crate::source::{FileId, Span};

rule! {
    /// ## What it does
    /// Finds flags that a phase turns on and no step of the rollback turns off. A phase turns on what its actions name behind a
    /// verb (`Enable `NEW_CART``) or with a value (`all flags `true` by default`). A step that names the flag, or all flags, is enough.
    ///
    /// ## Why it matters
    /// At three in the morning the procedure is followed to the letter. What it does not name stays on.
    ///
    /// ## Example
    /// ```markdown content/flags.md
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag        | Description        | Default | Owner  |
    /// |-------------|--------------------|---------|--------|
    /// | `NEW_CART`  | The new cart       | `false` | DevOps |
    /// | `NEW_MENU`  | The new menu       | `false` | DevOps |
    /// ```
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Actions                         | Exit criteria    |
    /// |-------|------------|---------------------------------|------------------|
    /// | Pilot | 2026-02-02 | Enable `NEW_CART`               | Manual published |
    /// | GA    | 2026-02-09 | Enable `NEW_MENU` for everybody | Launch approved  |
    /// ```
    /// ```markdown content/rollback.md
    /// ---
    /// kind: rollback
    /// ---
    ///
    /// 1. **Trigger**: a P1 incident — Owner: DevOps
    /// 2. Disable `NEW_CART` — Owner: DevOps
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/flags.md
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag        | Description        | Default | Owner  |
    /// |-------------|--------------------|---------|--------|
    /// | `NEW_CART`  | The new cart       | `false` | DevOps |
    /// | `NEW_MENU`  | The new menu       | `false` | DevOps |
    /// ```
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Actions                         | Exit criteria    |
    /// |-------|------------|---------------------------------|------------------|
    /// | Pilot | 2026-02-02 | Enable `NEW_CART`               | Manual published |
    /// | GA    | 2026-02-09 | Enable `NEW_MENU` for everybody | Launch approved  |
    /// ```
    /// ```markdown content/rollback.md
    /// ---
    /// kind: rollback
    /// ---
    ///
    /// 1. **Trigger**: a P1 incident — Owner: DevOps
    /// 2. Disable `NEW_CART` and `NEW_MENU` — Owner: DevOps
    /// ```
    ///
    /// ## Options
    /// None.
    pub static FLAG_WITHOUT_OFF_STEP = "rollback/flag-without-off-step", Error, check;
}

/// Where a phase turns a flag on.
struct TurnedOn<'a> {
    phase: &'a Phase,
    span: Span,
}

fn check(cx: &mut Context<'_>) {
    let plan = &cx.site.plan;
    let Some(rollback) = plan.rollbacks.first() else { return };
    let keys: Vec<&str> = plan.flags.iter().map(|flag| flag.key.value.as_str()).collect();
    let way_back = WayBack::read(cx.site, &keys);
    if way_back.turns_all_off {
        return;
    }
    let on = turned_on(cx.site, &keys);
    let left: Vec<(&str, &TurnedOn<'_>)> =
        on.iter().filter(|(key, _)| !way_back.named.contains(key)).map(|(key, on)| (*key, on)).collect();
    match left.as_slice() {
        [] => {}
        [_, _, ..] if way_back.named.is_empty() => none_is_turned_off(cx, rollback, &left),
        _ => left.iter().for_each(|(key, on)| is_not_turned_off(cx, (rollback, way_back.place), key, on)),
    }
}

/// What all procedures together turn off.
#[derive(Default)]
struct WayBack<'a> {
    named: Vec<&'a str>,
    turns_all_off: bool,
    /// The first step that turns a flag off: the place to write the others.
    place: Option<(FileId, Span)>,
}

impl<'a> WayBack<'a> {
    fn read(site: &Site, keys: &[&'a str]) -> Self {
        let mut way_back = Self::default();
        for rollback in &site.plan.rollbacks {
            for span in rollback.steps.iter().flat_map(texts) {
                let Switches { named, all } = switches(site.sources[rollback.file].slice(span), keys);
                let off = named.into_iter().filter(|(_, way, _)| *way != Some(Way::On)).map(|(key, _, _)| key);
                let before = way_back.named.len();
                way_back.named.extend(off);
                way_back.turns_all_off |= all.is_some_and(|(way, _)| way == Way::Off);
                if way_back.named.len() > before {
                    way_back.place.get_or_insert((rollback.file, span));
                }
            }
        }
        way_back
    }
}

/// The flags that phases turn on, each with the first place that does.
fn turned_on<'a>(site: &'a Site, keys: &[&'a str]) -> BTreeMap<&'a str, TurnedOn<'a>> {
    let mut on = BTreeMap::new();
    for phase in &site.plan.phases {
        let Some(actions) = &phase.actions else { continue };
        let Switches { named, all } = switches(site.sources[phase.file].slice(actions.span), keys);
        let place = |at: usize, length: usize| Span::new(at, at + length).shifted(actions.span.start as usize);
        for (key, _, at) in named.into_iter().filter(|(_, way, _)| *way == Some(Way::On)) {
            on.entry(key).or_insert(TurnedOn { phase, span: place(at, key.len()) });
        }
        if all.is_some_and(|(way, _)| way == Way::On) {
            for key in keys {
                on.entry(key).or_insert(TurnedOn { phase, span: actions.span });
            }
        }
    }
    on
}

fn is_not_turned_off(
    cx: &mut Context<'_>,
    (rollback, place): (&Rollback, Option<(FileId, Span)>),
    key: &str,
    on: &TurnedOn<'_>,
) {
    let (lang, name, phase) = (cx.lang, quoted(key), quoted(&on.phase.name.value));
    let (file, span) = place.unwrap_or((rollback.file, beginning(rollback)));
    let message = say!(
        lang,
        en: "no step turns {name} off, which {phase} turns on",
        es: "ningún paso apaga {name}, que se enciende en {phase}",
        pt: "nenhum passo desliga {name}, que é ligada em {phase}"
    );
    let flag = cx.site.plan.flag(key);
    let owner = flag.and_then(|flag| said(flag.owner.as_ref())).or(said(rollback.owner.as_ref()));
    let finding = cx.report(file, span, message).help(help(lang, &name)).about(key).owner(owner);
    finding.label(on.phase.file, on.span, turned_on_here(lang));
}

fn none_is_turned_off(cx: &mut Context<'_>, rollback: &Rollback, left: &[(&str, &TurnedOn<'_>)]) {
    let lang = cx.lang;
    let names = left.iter().map(|(key, _)| quoted(key)).collect::<Vec<_>>().join(", ");
    let message = say!(
        lang,
        en: "no step turns a flag off, and yet the phases turn on {names}",
        es: "ningún paso apaga flags, y las fases encienden {names}",
        pt: "nenhum passo desliga flags, e as fases ligam {names}"
    );
    let owner = said(rollback.owner.as_ref());
    let help = help(lang, &names);
    let finding = cx.report(rollback.file, beginning(rollback), message).help(help).about("flags").owner(owner);
    let on = left[0].1;
    finding.label(on.phase.file, on.span, turned_on_here(lang));
}

fn help(lang: Lang, names: &str) -> String {
    say!(
        lang,
        en: "add to the step: turn off {names}",
        es: "agregue al paso: desactivar {names}",
        pt: "acrescente ao passo: desativar {names}"
    )
}

fn turned_on_here(lang: Lang) -> String {
    say!(lang, en: "turned on here", es: "se enciende aquí", pt: "é ligada aqui")
}
