//! Fenced blocks of Markdown: the files and expectations that tests and rule pages are written with.

use std::ops::Range;

/// One fenced block.
#[derive(Clone, Debug)]
pub struct Block {
    /// First word behind the fence: `markdown`, `yaml`, `findings`.
    pub language: String,
    /// A word such as `@2` before the path: the revision as of which the file is so.
    pub revision: Option<String>,
    /// The word behind: the path of the file.
    pub path: Option<String>,
    /// What stands between the fences.
    pub text: String,
    /// Where that is, in bytes.
    pub range: Range<usize>,
}

/// A part of a Markdown file: a heading and the blocks below it.
#[derive(Clone, Debug)]
pub struct Section {
    /// Text of the heading, without `## `.
    pub heading: String,
    /// Fenced blocks, in order.
    pub blocks: Vec<Block>,
}

/// The parts below each `## ` heading. What stands before the first heading is for readers.
pub fn sections(markdown: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Option<(usize, Block)> = None;
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        let end = at + line.len();
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        match &mut open {
            Some((fence, block)) if ticks >= *fence && line[ticks..].trim().is_empty() => {
                block.range.end = at;
                markdown[block.range.clone()].clone_into(&mut block.text);
                let (_, block) = open.take().expect("just seen");
                sections.last_mut().expect("a block stands below a heading").blocks.push(block);
            }
            Some(_) => {}
            None if ticks >= 3 => open = Some((ticks, opened(&line[ticks..], end))),
            None => {
                if let Some(heading) = line.strip_prefix("## ") {
                    sections.push(Section { heading: heading.trim().to_owned(), blocks: Vec::new() });
                }
            }
        }
        at = end;
    }
    assert!(open.is_none(), "a block is never closed:\n{markdown}");
    sections
}

fn opened(info: &str, start: usize) -> Block {
    let mut words = info.split_whitespace().map(str::to_owned).peekable();
    let language = words.next().unwrap_or_default();
    let revision = words.next_if(|word| word.starts_with('@'));
    Block { language, revision, path: words.next(), text: String::new(), range: start..start }
}
