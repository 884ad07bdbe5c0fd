//! Words beside a figure in a language without spaces between words, where words are found by the lists of the language.

use std::ops::Range;

use super::{
    direction::Stated,
    phrase_search::PhraseSearch,
    sentences::{text_after_in_sentence, text_before_in_sentence},
};
use crate::{diag::Place, model::ProseWords, present::FigureUse};

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Direction(Stated),
    Profit,
    Loss,
    /// Cash went out.
    Spent,
    /// Cash came in.
    Inflow,
    /// A word that holds one of the others.
    Nothing,
}

/// How a word is linked to the amount beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    Beside,
    /// It says what the amount came to.
    Reach,
    /// It says what the amount was before.
    Leave,
}

/// A word that says something, and where it is.
#[derive(Debug, Clone)]
pub struct Spoken {
    pub said: Said,
    pub place: Place,
    pub link: Link,
    /// Whether it touches the figure.
    pub is_direct: bool,
}

/// The words of a language without spaces between words.
pub struct RunOnWords<'a> {
    prose: &'a ProseWords,
    search: PhraseSearch,
    said: Vec<Said>,
}

impl<'a> RunOnWords<'a> {
    /// None for a language that puts spaces between words.
    pub fn new(prose: &'a ProseWords) -> Option<Self> {
        if !prose.is_run_on() {
            return None;
        }
        let lists = [
            (&prose.compounds, Said::Nothing),
            (&prose.up, Said::Direction(Stated::Up)),
            (&prose.down, Said::Direction(Stated::Down)),
            (&prose.better, Said::Direction(Stated::Better)),
            (&prose.worse, Said::Direction(Stated::Worse)),
            (&prose.unchanged, Said::Direction(Stated::Unchanged)),
            (&prose.profit, Said::Profit),
            (&prose.loss, Said::Loss),
            (&prose.spent, Said::Spent),
            (&prose.inflow, Said::Inflow),
        ];
        let words = lists.into_iter().flat_map(|(list, said)| list.iter().map(move |word| (word, said)));
        let (words, said): (Vec<_>, Vec<_>) = words.unzip();
        Some(Self { prose, search: PhraseSearch::longest(words), said })
    }

    /// The words of a text that say something. Of words in one another, the longest counts.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, Said)> + 't {
        let found = self.search.find(text).map(|(range, word)| (range, self.said[word]));
        found.filter(|(_, said)| *said != Said::Nothing)
    }

    /// The word behind a figure, with nothing but joining words between.
    pub fn after(&self, used: &FigureUse, wanted: impl Fn(Said) -> bool) -> Option<Spoken> {
        let start = used.at.end;
        let text = text_after_in_sentence(used);
        let text = &text[..text.find("{{").unwrap_or(text.len())];
        self.word_after(used, text, start, wanted)
    }

    /// The same behind the brackets that follow a figure, as in "{{ … }}（前期比{{ … }}増）に増加".
    pub fn after_brackets(&self, used: &FigureUse, wanted: impl Fn(Said) -> bool) -> Option<Spoken> {
        let text = text_after_in_sentence(used);
        let opening = text.chars().next().filter(|c| matches!(c, '（' | '('))?;
        let close = text.find(if opening == '（' { '）' } else { ')' })?;
        let rest = text[close..].chars().next().map_or("", |bracket| &text[close + bracket.len_utf8()..]);
        let start = used.at.end + (text.len() - rest.len());
        self.word_after(used, &rest[..rest.find("{{").unwrap_or(rest.len())], start, wanted)
    }

    fn word_after(&self, used: &FigureUse, text: &str, start: usize, wanted: impl Fn(Said) -> bool) -> Option<Spoken> {
        let (range, said) = self.find(text).next().filter(|(_, said)| wanted(*said))?;
        let between = &text[..range.start];
        self.is_joined(between, &[]).then(|| Spoken {
            said,
            place: Place::new(&used.at.source, start + range.start..start + range.end),
            link: self.link(between),
            is_direct: between.is_empty(),
        })
    }

    /// The word before a figure, with nothing but joining words and those of `also` between. `is_far`: other figures and opening
    /// brackets may be between too.
    pub fn before(
        &self,
        used: &FigureUse,
        also: &[&str],
        is_far: bool,
        wanted: impl Fn(Said) -> bool,
    ) -> Option<Spoken> {
        let text = text_before_in_sentence(used);
        let start = used.at.start - text.len();
        let (range, said) = self.find(text).filter(|(_, said)| wanted(*said)).last()?;
        let between = &text[range.end..];
        let is_joined = match is_far {
            true => self.is_joined(&without_calls(between), &[also, &["（", "("]].concat()),
            false => self.is_joined(between, also),
        };
        is_joined.then(|| Spoken {
            said,
            place: Place::new(&used.at.source, start + range.start..start + range.end),
            link: Link::Beside,
            is_direct: between.is_empty(),
        })
    }

    /// The word at the end of what the sentence of a figure is about: "営業損失は、…".
    pub fn topic(&self, used: &FigureUse) -> Option<Spoken> {
        let text = text_before_in_sentence(used);
        let start = used.at.start - text.len();
        let topics = self.prose.topic.iter().filter_map(|mark| text.rfind(mark.as_str()));
        let end = topics.max()?;
        let (range, said) = self.find(&text[..end]).last().filter(|(range, _)| range.end == end)?;
        let place = Place::new(&used.at.source, start + range.start..start + range.end);
        Some(Spoken { said, place, link: Link::Beside, is_direct: false })
    }

    /// The subject of its own that a word has within a sentence: "販売数量" of "販売数量が減少し".
    pub fn own_subject<'t>(&self, used: &'t FigureUse, word: &Place) -> Option<&'t str> {
        let source = used.at.source.text.as_str();
        let before = source.get(..word.start)?;
        let from = before.rfind(['、', '。', '，', '}', '（', '(', '\n']);
        let from = from.and_then(|at| Some(at + before.get(at..)?.chars().next()?.len_utf8())).unwrap_or(0);
        let topics =
            self.prose.topic.iter().filter_map(|mark| Some(before.get(from..)?.rfind(mark.as_str())? + mark.len()));
        let clause = before.get(from + topics.max().unwrap_or(0)..)?;
        let marks = self.prose.subject.iter().filter_map(|mark| clause.rfind(mark.as_str()));
        marks.max().map(|at| clause[..at].trim())
    }

    /// Whether a text has a word behind what a sentence is about.
    pub fn has_topic(&self, text: &str) -> bool {
        self.prose.topic.iter().any(|mark| text.contains(mark.as_str()))
    }

    /// Whether the words between a figure and a word behind it begin with a comma.
    pub fn begins_another(&self, between: &str) -> bool {
        between.trim_start_matches(|c: char| c.is_whitespace() || "*）)」".contains(c)).starts_with(['、', '，', ','])
    }

    /// Whether a word compares with the period before, or with nothing: "前期を上回る", but not "計画を上回る".
    pub fn compares_with_prior(&self, used: &FigureUse, word: &Place) -> bool {
        let before = used.at.source.text.get(..word.start).unwrap_or_default();
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || "*、".contains(c));
        let ends =
            |list: &'a [String]| list.iter().filter(|word| before.ends_with(word.as_str())).map(String::len).max();
        match ends(&self.prose.leave) {
            Some(mark) => ends(&self.prose.joining).is_some_and(|phrase| phrase > mark),
            None => true,
        }
    }

    /// Whether a text is nothing but joining words, some others, and signs.
    fn is_joined(&self, text: &str, also: &[&str]) -> bool {
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "*、，,）)」".contains(c));
            if rest.is_empty() {
                return true;
            }
            let prose = self.prose;
            let words = prose.joining.iter().chain(&prose.reach).chain(&prose.leave).map(String::as_str);
            let found = words.chain(also.iter().copied()).filter(|word| !word.is_empty() && rest.starts_with(word));
            let Some(length) = found.map(str::len).max() else { return false };
            rest = &rest[length..];
        }
    }

    /// How the words between an amount and a word behind it link them: the first link counts.
    fn link(&self, between: &str) -> Link {
        let text = between.trim_start_matches(|c: char| c.is_whitespace() || "*、".contains(c));
        let longest =
            |list: &[String]| list.iter().filter(|word| text.starts_with(word.as_str())).map(String::len).max();
        match (longest(&self.prose.reach), longest(&self.prose.leave)) {
            (reach, Some(leave)) if reach.is_none_or(|reach| leave > reach) => Link::Leave,
            (Some(_), _) => Link::Reach,
            _ => Link::Beside,
        }
    }
}

/// A text without its calls.
fn without_calls(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("}}").map_or("", |end| &rest[start + end + 2..]);
    }
    out + rest
}
