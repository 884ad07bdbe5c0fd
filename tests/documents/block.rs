//! Finds the fenced blocks of a Markdown page, each with the line above that describes it.

/// A fenced block: `content/…` for a file, `output: …` for what the program gives.
#[derive(Debug)]
pub struct Block {
    pub about: String,
    pub text: String,
    /// Where the text begins in the page.
    start: usize,
}

/// The blocks that a line says something about: `` `path`: `` or `<!-- output: … -->`.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut about = None;
    let mut at = 0;
    let mut lines = page.split_inclusive('\n');
    while let Some(line) = lines.next() {
        at += line.len();
        let text = line.trim();
        if text.starts_with("```") {
            let fence: &str = &text[..text.len() - text.trim_start_matches('`').len()];
            let start = at;
            for line in lines.by_ref() {
                at += line.len();
                if line.trim() == fence {
                    let text = page[start..at - line.len()].to_owned();
                    found.extend(about.take().map(|about| Block { about, text, start }));
                    break;
                }
            }
        } else if !text.is_empty() {
            about = describe(text);
        }
    }
    found
}

fn describe(line: &str) -> Option<String> {
    let file = line.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:"));
    let output = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
    file.or(output).map(str::to_owned)
}

/// The page with another text in a block.
pub fn replaced(page: &str, block: &Block, text: &str) -> String {
    format!("{}{text}{}", &page[..block.start], &page[block.start + block.text.len()..])
}
