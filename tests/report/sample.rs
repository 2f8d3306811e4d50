//! Reports that are not made by rules, so that they stay as they are when rules change.

use rollbook::diagnostic::{By, Diagnostic, Fix, Label, Outcome, Safety, SetAside, Severity};
use rollbook::lang::Lang;
use rollbook::model::ChecklistItem;
use rollbook::report::{Format, Report, RuleInfo, Tool};
use rollbook::source::{FileId, SourceFile, Sources, Span};

use crate::support::site::{NOW, TestSite};

/// A checklist in a file whose name needs care in every format.
const PLAN: &str = "---\ntitle: Plan\nkind: checklist\n---\n
| Ítem | Responsable | Estado |
|---|---|---|
| QA 😀 completo | TBD | ⏳ |
| Manuales | Producto/CS | listoo |
| Flags | DevOps | ⏳ |
";
const OTHER: &str = "# Otra\n\nVer [la guía](guia.md).\n";

/// Everything that a report borrows.
pub struct Sample {
    pub sources: Sources,
    pub outcome: Outcome,
    pub items: Vec<ChecklistItem>,
    pub base: &'static str,
    pub lang: Lang,
}

impl Sample {
    /// The samples that golden files hold, by name.
    pub fn all() -> [(&'static str, Self); 3] {
        [("clean", Self::clean()), ("usual", Self::usual()), ("hostile", Self::hostile())]
    }

    /// Nothing found, three items.
    pub fn clean() -> Self {
        let site = TestSite::with(&[("content/otra.md", OTHER), ("content/plan ñ #1.md", PLAN)]).load();
        let items = site.plan.items().cloned().collect();
        let (findings, set_aside) = (Vec::new(), Vec::new());
        let outcome = Outcome { findings, set_aside, elsewhere: 0, now: NOW, profile: None, deny_warnings: false };
        Self { sources: site.sources, outcome, items, base: "", lang: Lang::Es }
    }

    /// A little of everything.
    pub fn usual() -> Self {
        let mut sample = Self::clean();
        sample.base = "docs/";
        let owner = sample.finding("checklist/missing-owner", Severity::Error, "TBD");
        let owner = Diagnostic {
            message: "`QA 😀 completo` no tiene responsable".to_owned(),
            help: Some("escriba el rol o la persona".to_owned()),
            subject: Some("qa-completo".to_owned()),
            ..owner
        };
        let status = sample.finding("checklist/unknown-status", Severity::Error, "listoo");
        let (file, span) = (status.file, status.span);
        let status = Diagnostic {
            message: "`listoo` no es un estado".to_owned(),
            help: Some("¿quiso decir `listo`?".to_owned()),
            subject: Some("manuales".to_owned()),
            owner: Some("Producto/CS".to_owned()),
            labels: vec![sample.label("la guía", "aquí se promete")],
            fix: Some(Fix::replace(Safety::Unsafe, file, span, "listo")),
            ..status
        };
        let row = sample.finding("checklist/short-row", Severity::Warning, "Manuales");
        let link = sample.finding("links/broken-file", Severity::Error, "guia.md");
        let section = sample.finding("plan/missing-section", Severity::Info, "# Otra");
        sample.outcome.findings = vec![link, section, owner, row, status];
        let waived = Diagnostic {
            owner: Some("DevOps".to_owned()),
            subject: Some("flags".to_owned()),
            ..sample.finding("checklist/missing-owner", Severity::Error, "DevOps")
        };
        let suppressed = sample.finding("links/broken-file", Severity::Error, "la guía");
        let known = sample.finding("plan/missing-section", Severity::Info, "Otra\n");
        let (file, span) = sample.place("# Otra");
        let aside =
            |finding, by, reason: Option<&str>| SetAside { finding, by, file, span, reason: reason.map(str::to_owned) };
        sample.outcome.set_aside = vec![
            aside(suppressed, By::Suppression, Some("sale con la próxima entrega")),
            aside(known, By::Baseline, None),
            aside(waived, By::Waiver, Some("piloto sin DevOps")),
        ];
        sample.outcome.elsewhere = 2;
        sample.outcome.profile = Some("golive".to_owned());
        sample.sort();
        sample
    }

    /// Words that try to be something else in every format.
    pub fn hostile() -> Self {
        let words = "a\n::error file=x::b\r\n##[error]c %0A \"d\" 'e' <script>]]>&amp; | `f` [g](javascript:h) \u{1b}[31m\u{0}\u{9b}\u{ffff}😀";
        let mut sample = Self::clean();
        sample.sources.0.push(SourceFile::new("content/%2e:a,b \u{1b}\"<ñ>#?.md", format!("{words}\n| {words} |\n")));
        let file = FileId(sample.sources.0.len() as u32 - 1);
        let mut item = sample.items[0].clone();
        (item.file, item.span) = (file, Span::at(0));
        words.clone_into(&mut item.text.value);
        sample.items.push(item);
        for (at, severity) in
            [(0, Severity::Error), (0, Severity::Warning), (40, Severity::Info), (60, Severity::Error)]
        {
            let finding = Diagnostic {
                message: words.to_owned(),
                help: Some(words.to_owned()),
                subject: Some(words.to_owned()),
                owner: Some(words.to_owned()),
                labels: vec![Label { file, span: Span::at(at), message: words.to_owned() }],
                fix: Some(Fix::replace(Safety::Safe, file, Span::at(at), words)),
                ..bare("checklist/missing-owner", severity, file, Span::at(at))
            };
            sample.outcome.findings.push(finding);
        }
        sample
    }

    /// `count` findings of three severities by seven owners, most of them outside of items.
    pub fn many(count: usize) -> Self {
        let mut sample = Self::clean();
        let lines: String = (0..count).map(|index| format!("line {index}\n")).collect();
        sample.sources.0.push(SourceFile::new("content/z.md", lines));
        let file = FileId(sample.sources.0.len() as u32 - 1);
        let starts: Vec<usize> = (0..count).map(|line| sample.sources[file].lines().start_of(line)).collect();
        let rules = ["checklist/missing-owner", "checklist/short-row", "links/broken-file", "plan/missing-section"];
        for (index, start) in starts.into_iter().enumerate() {
            let severity = [Severity::Info, Severity::Warning, Severity::Error][index % 3];
            let owner = (index % 8 > 0).then(|| format!("Team {}", index % 8));
            let finding = bare(rules[index % 4], severity, file, Span::new(start, start + 4));
            sample.outcome.findings.push(Diagnostic { owner, ..finding });
        }
        sample
    }

    /// The report.
    pub fn report(&self) -> Report<'_> {
        Report {
            sources: &self.sources,
            outcome: &self.outcome,
            items: self.items.iter().collect(),
            rules: RULES.map(rule).to_vec(),
            base: self.base.to_owned(),
            lang: self.lang,
            tool: Tool { version: "1.2.3", homepage: Some("https://rollbook.example/manual/") },
        }
    }

    /// The report in a format.
    pub fn written(&self, format: Format) -> String {
        let mut bytes = Vec::new();
        self.report().write(format, &mut bytes, false).expect("memory takes what is written");
        String::from_utf8(bytes).expect("reports are UTF-8")
    }

    fn sort(&mut self) {
        self.outcome.findings.sort_by(|a, b| a.order().cmp(&b.order()));
        self.outcome.set_aside.sort_by(|a, b| a.finding.order().cmp(&b.finding.order()));
    }

    /// A finding at the first place that holds `words`.
    fn finding(&self, rule: &'static str, severity: Severity, words: &str) -> Diagnostic {
        let (file, span) = self.place(words);
        bare(rule, severity, file, span)
    }

    fn label(&self, words: &str, message: &str) -> Label {
        let (file, span) = self.place(words);
        Label { file, span, message: message.to_owned() }
    }

    fn place(&self, words: &str) -> (FileId, Span) {
        let mut files = self.sources.iter();
        let found = files.find_map(|(id, file)| Some((id, file.text.find(words)?)));
        let (file, at) = found.expect("the words stand in the sample");
        (file, Span::new(at, at + words.len()))
    }
}

fn bare(rule: &'static str, severity: Severity, file: FileId, span: Span) -> Diagnostic {
    Diagnostic {
        rule,
        severity,
        file,
        span,
        message: format!("mensaje de `{rule}`"),
        help: None,
        labels: Vec::new(),
        subject: None,
        owner: None,
        fix: None,
    }
}

/// The rules that samples name.
pub const RULES: [(&str, Severity); 5] = [
    ("checklist/missing-owner", Severity::Error),
    ("checklist/short-row", Severity::Warning),
    ("checklist/unknown-status", Severity::Error),
    ("links/broken-file", Severity::Error),
    ("plan/missing-section", Severity::Info),
];

fn rule((id, severity): (&'static str, Severity)) -> RuleInfo<'static> {
    let docs = " ## What it does\n Finds what is wrong. And more.\n\n ## Example\n ```markdown\n | a | b |\n ```\n";
    RuleInfo { id, severity, summary: "Finds what is wrong.".to_owned(), docs }
}
