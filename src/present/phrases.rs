//! The filters of the narrative that write a phrase: a figure, a change, a direction, a date.

use std::{borrow::Cow, cell::OnceCell, collections::BTreeMap, sync::Arc};

use super::{
    context::PresentContext,
    document::Inline,
    number::{figure_with_text, format_digits, format_in_sentence, sign_in_sentence},
    range::range_in_sentence,
};
use crate::{
    diag::{Diagnostic, Place, nearest, quoted_list},
    figures::{Absent, DisplayedFigure, FigureRequest},
    merge::Call,
    model::{
        Date, Direction, Expr, Function, Node, PeriodSpan, Release, RoundingMode, Scale, Unit, Words, parse_formula,
        unknown_name,
    },
};

/// Filters that write a phrase: what each writes, and the options it takes besides `unit` and `decimals`. `period` is apart:
/// it takes none.
const PHRASES: [(&str, Writes, &[&str], PhraseFn); 12] = [
    ("amount", Writes::Amount, &[], amount),
    ("size", Writes::Amount, &[], size),
    ("number", Writes::Digits, &[], number),
    ("change", Writes::Movement, &["style", "compare_with"], change),
    ("difference", Writes::Movement, &["style", "points", "compare_with"], difference),
    ("movement", Writes::Movement, &["style"], movement),
    ("direction", Writes::Words, &["style"], direction),
    ("pair", Writes::Words, &["with", "style", "compare_with"], |phrase| phrase.pair()),
    ("range", Writes::Range, &["style"], range),
    ("date", Writes::NoFigure, &["style", "day"], date),
    ("rounding", Writes::NoFigure, &[], rounding),
    ("issuer", Writes::NoFigure, &[], issuer),
];

/// What a filter writes of a figure. Rules hold the text around it to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// The number with its unit; the text says the rest.
    Amount,
    /// The number alone.
    Digits,
    /// The number with its unit, and the word for its direction.
    Movement,
    /// The two ends of a range, with their unit.
    Range,
    /// Words for a figure, without its number.
    Words,
    NoFigure,
}

impl Writes {
    /// What the filter of a call writes.
    pub fn of(call: &Call) -> Self {
        PHRASES.iter().find(|(name, ..)| *name == call.filter).map_or(Self::NoFigure, |(_, writes, ..)| *writes)
    }

    /// Whether it writes a figure and leaves the words to the text.
    pub fn is_bare(self) -> bool {
        matches!(self, Self::Amount | Self::Digits)
    }

    /// Whether it writes the unit of the figure.
    pub fn has_unit(self) -> bool {
        matches!(self, Self::Amount | Self::Movement | Self::Range)
    }
}

/// The filters that are no phrases: a period's label, and what stands in a paragraph of its own.
const OTHER_FILTERS: [&str; 3] = ["period", "table", "chart"];

/// All filters: the words that may follow `|`.
pub fn filters() -> Vec<&'static str> {
    PHRASES.iter().map(|(name, ..)| *name).chain(OTHER_FILTERS).collect()
}

type PhraseFn = fn(&PhraseContext) -> Result<Vec<Inline>, Diagnostic>;

/// A call being replaced by a phrase.
pub(super) struct PhraseContext<'a, 'p, 'r> {
    pub context: &'a PresentContext<'p, 'r>,
    pub call: &'a Call,
    pub at: &'a Place,
    /// The id of the table or page that shows the phrase.
    place: &'a str,
    /// The period of a figure whose formula names none.
    pub period: Option<&'a str>,
    /// The subject of the call as a formula, once it is parsed.
    subject: OnceCell<Arc<Expr>>,
}

/// The phrase that replaces a call. `at` is where the call is written, `place` the id of the table or page that shows it,
/// `period` the period of a figure whose formula names none.
pub fn phrase(
    context: &PresentContext,
    call: &Call,
    at: &Place,
    place: &str,
    period: Option<&str>,
) -> Result<Vec<Inline>, Diagnostic> {
    let phrase = PhraseContext { context, call, at, place, period, subject: OnceCell::new() };
    if call.filter == "period" {
        return phrase.check_options(&[]).and_then(|()| phrase.period_label());
    }
    let found = PHRASES.iter().find(|(name, ..)| *name == call.filter);
    let Some((_, _, options, function)) = found else {
        let message = format!("a `{}` stands in a paragraph of its own", call.filter);
        return Err(Diagnostic::error("template", message).at(at, "").help("put an empty line before and after it"));
    };
    phrase.check_options(options)?;
    function(&phrase)
}

fn amount(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = phrase.parse_expr()?;
    phrase.figure(&expr, |figure, words| sign_in_sentence(figure, format_in_sentence(figure, words), words))
}

fn size(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = phrase.parse_expr()?;
    phrase.figure(&expr, format_in_sentence)
}

fn number(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = phrase.parse_expr()?;
    let own = phrase.context.book.unit_of(&expr).map(Cow::into_owned);
    phrase.figure_in(&expr, own, |figure, words| {
        let text = format_digits(figure.displayed, &figure.derivation.rule, &words.number);
        sign_in_sentence(figure, text, words)
    })
}

fn change(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = apply_function(Function::Change, phrase.parse_expr()?);
    let expr = phrase.compare_with(expr)?;
    phrase.with_direction(&expr, "plain", format_in_sentence)
}

fn difference(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = apply_function(Function::Difference, phrase.parse_expr()?);
    let expr = phrase.by_size(phrase.compare_with(expr)?);
    let in_points = phrase.call.options.get("points").is_none_or(|points| points == "true");
    phrase.with_direction(&expr, "plain", |figure, words| {
        if in_points && figure.derivation.unit.base == Unit::PERCENT {
            words.points.replace("{}", &format_digits(figure.displayed, &figure.derivation.rule, &words.number))
        } else {
            format_in_sentence(figure, words)
        }
    })
}

fn movement(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = phrase.by_size(phrase.parse_expr()?);
    phrase.with_direction(&expr, "noun", format_in_sentence)
}

fn direction(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = phrase.by_size(phrase.parse_expr()?);
    let pattern = phrase.pattern(&phrase.context.words.direction, "noun")?;
    match phrase.displayed_figure(&expr, None)? {
        Ok(figure) => Ok(vec![Inline::Text { text: direction_pattern(&figure, pattern).to_owned() }]),
        Err(absent) => Ok(phrase.absent_mark(absent)),
    }
}

fn range(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let release = phrase.context.book.release;
    let subject = phrase.call.subject.as_str();
    let Some(range) = release.range(subject) else {
        let known = release.ranges.iter().map(|range| range.id.value.as_str());
        return Err(unknown_name("unknown-line", "range", subject, &call_subject(phrase.call, phrase.at), known));
    };
    let pattern = phrase.pattern(&phrase.context.words.range, "plain")?;
    match (phrase.displayed_figure(&range.low, None)?, phrase.displayed_figure(&range.high, None)?) {
        (Ok(low), Ok(high)) => range_in_sentence(&low, &high, pattern, phrase.context.words, phrase.at),
        (Err(absent), _) | (_, Err(absent)) => Ok(phrase.absent_mark(absent)),
    }
}

fn date(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let release = phrase.context.book.release;
    let subject = phrase.call.subject.as_str();
    if let Some(finding) = release.unknown_date(subject, &call_subject(phrase.call, phrase.at)) {
        return Err(finding);
    }
    let style = phrase.call.options.get("style").map_or(Words::PLAIN_DATE, String::as_str);
    let words = phrase.context.words;
    let pattern = words.date_pattern(style).ok_or_else(|| phrase.unknown_style(style, &words.date_style_names()))?;
    // A name of no day has been reported.
    let pending = words.number.pending_mark();
    let date = phrase.date(subject)?;
    let text = date.map_or_else(|| pending.to_owned(), |date| words.format_date_as(pattern, date));
    Ok(vec![Inline::Text { text }])
}

/// The name of the issuer of the release.
fn issuer(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let subject = phrase.call.subject.as_str();
    if subject != Release::SELF {
        let at = call_subject(phrase.call, phrase.at);
        let finding = Diagnostic::error("template", format!("`issuer` takes the name `release`, not `{subject}`"));
        return Err(finding.at(&at, "").help("write `{{ \"release\" | issuer }}`"));
    }
    let text = phrase.context.plain_text(&phrase.context.book.release.issuer);
    Ok(vec![Inline::Text { text }])
}

/// The place of a call's subject, or of the whole call if the subject is not found in it.
pub fn call_subject(call: &Call, at: &Place) -> Place {
    match at.text().find(&call.subject).filter(|_| !call.subject.is_empty()) {
        Some(found) => Place { start: at.start + found, end: at.start + found + call.subject.len(), ..at.clone() },
        None => at.clone(),
    }
}

/// The word for the rounding mode of a unit: "rounded", "truncated".
fn rounding(phrase: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let unit = Unit::parse(&phrase.call.subject);
    let units = &phrase.context.book.release.units;
    let Some(rule) = units.rule(&unit.base) else {
        let known = units.rules.keys().map(String::as_str);
        return Err(unknown_name("unknown-unit", "unit", &unit.base, phrase.at, known));
    };
    let mode = units.rounding_mode(rule.kind);
    let word = RoundingMode::WORDS.iter().find(|(_, known)| *known == mode).map_or("", |(word, _)| word);
    let text = phrase.context.words.rounding.get(word).cloned().unwrap_or_default();
    Ok(vec![Inline::Text { text }])
}

/// A change or difference of a figure, compared with its value in `period`.
pub fn compared_with(expr: Expr, period: &str, at: &Place) -> Expr {
    let Expr { node, place } = expr;
    let node = match node {
        Node::In(inner, own) => Node::In(Box::new(compared_with(*inner, period, at)), own),
        Node::Call(function, mut arguments) if function.compares() && arguments.len() == 1 => {
            let mut older = arguments[0].clone();
            if let Node::Negative(inner) = &mut older.node {
                inner.place = at.clone();
            }
            // What is not known in that period is reported where the period is chosen.
            older.place = at.clone();
            let older = Node::In(Box::new(older), period.to_owned());
            arguments.push(Expr { node: older, place: place.clone() });
            Node::Call(function, arguments)
        }
        node => node,
    };
    Expr { node, place }
}

/// The function applied to a formula, in the formula's period.
pub fn apply_function(function: Function, expr: Expr) -> Expr {
    let place = expr.place.clone();
    // `x@p | change` is the change of x in p, so that the period stays outermost.
    match expr.node {
        Node::In(inner, period) => {
            let inner = apply_function(function, *inner);
            Expr { node: Node::In(Box::new(inner), period), place }
        }
        _ => Expr { node: Node::Call(function, vec![expr]), place },
    }
}

/// The pattern for the direction of a figure as it is displayed: up, down or flat.
fn direction_pattern<'a>(figure: &DisplayedFigure, direction: &'a Direction) -> &'a str {
    if figure.displayed.is_zero() {
        &direction.flat
    } else if figure.displayed.is_sign_negative() {
        &direction.down
    } else {
        &direction.up
    }
}

impl<'a> PhraseContext<'a, '_, '_> {
    /// The change or difference, compared with the period of the option `compare_with`.
    pub(super) fn compare_with(&self, expr: Expr) -> Result<Expr, Diagnostic> {
        let Some(period) = self.call.options.get("compare_with") else { return Ok(expr) };
        match self.context.book.release.unknown_period(period, self.at) {
            Some(finding) => Err(finding),
            None => Ok(compared_with(expr, period, self.at)),
        }
    }

    /// A difference of amounts that are negative by declaration, as a difference of their sizes.
    fn by_size(&self, expr: Expr) -> Expr {
        let Expr { node, place } = expr;
        let node = match node {
            Node::In(inner, period) => Node::In(Box::new(self.by_size(*inner)), period),
            Node::Call(Function::Difference, arguments)
                if arguments.first().is_some_and(|first| self.context.book.is_negative_line(first)) =>
            {
                let negative =
                    |argument: Expr| Expr { place: argument.place.clone(), node: Node::Negative(Box::new(argument)) };
                Node::Call(Function::Difference, arguments.into_iter().map(negative).collect())
            }
            node => node,
        };
        Expr { node, place }
    }

    fn check_options(&self, own: &[&'static str]) -> Result<(), Diagnostic> {
        let known = || own.iter().copied().chain(["unit", "decimals"]);
        match self.call.options.keys().find(|key| !known().any(|known| known == key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let label = nearest(key, known()).map_or(String::new(), |near| format!("did you mean `{near}`?"));
                let message = format!("`{}` takes no `{key}`", self.call.filter);
                Err(Diagnostic::error("unknown-key", message).at(self.at, label))
            }
        }
    }

    fn period_label(&self) -> Result<Vec<Inline>, Diagnostic> {
        let subject = self.call.subject.as_str();
        let release = self.context.book.release;
        let place = call_subject(self.call, self.at);
        let period = match (release.period(subject), release.unknown_period(subject, &place)) {
            (Some(period), _) => period,
            (None, Some(finding)) => return Err(finding),
            (None, None) => return Ok(Vec::new()),
        };
        Ok(vec![Inline::Text { text: self.context.plain_text(&period.label) }])
    }

    pub(super) fn parse_expr(&self) -> Result<Expr, Diagnostic> {
        let expr = parse_formula(&self.call.subject, self.at)?;
        self.context.check_names(&expr)?;
        let parsed = self.subject.get_or_init(|| Arc::new(expr));
        Ok(Expr::clone(parsed))
    }

    /// The requested unit, or the figure's own at the scale used in sentences.
    fn unit(&self, expr: &Expr) -> Result<Option<Unit>, Diagnostic> {
        let own = self.context.book.unit_of(expr);
        let units = &self.context.book.release.units;
        let Some(wanted) = self.call.options.get("unit") else {
            let scale = own.as_ref().and_then(|own| units.rule(&own.base)).and_then(|rule| rule.scale);
            return Ok(own.map(|own| match scale {
                Some(scale) => own.at(scale),
                None => own.into_owned(),
            }));
        };
        let wanted = Unit::parse(wanted);
        let known = own.as_ref().is_none_or(|own| units.rate(&own.base, &wanted.base).is_some());
        if known && units.rule(&wanted.base).is_some() {
            return Ok(Some(wanted));
        }
        let own = own.map_or_else(|| String::from("no unit"), |own| own.to_string());
        let message = format!("`{own}` cannot be shown in `{wanted}`");
        Err(Diagnostic::error("unit-mismatch", message).at(self.at, ""))
    }

    pub(super) fn displayed_figure(
        &self,
        expr: &Expr,
        unit: Option<Unit>,
    ) -> Result<Result<DisplayedFigure, Absent>, Diagnostic> {
        let unit = if unit.is_some() && !self.call.options.contains_key("unit") { unit } else { self.unit(expr)? };
        let period = self.period.unwrap_or_default();
        let decimals = self.call.options.get("decimals").map(|text| text.parse().ok().filter(|count| *count <= 9));
        let Some(decimals) = decimals.map_or(Some(None), |count: Option<u32>| count.map(Some)) else {
            let message = "`decimals` is a whole number from 0 to 9";
            return Err(Diagnostic::error("wrong-type", message).at(self.at, ""));
        };
        let request = FigureRequest { expr, period, member: None, unit: unit.as_ref(), decimals, place: self.place };
        let mut shown = self.context.book.display(request)?;
        // A unit that is asked for is said as it is.
        if let (Ok(figure), true) = (&mut shown, self.call.options.contains_key("unit")) {
            Arc::make_mut(&mut figure.derivation.rule).parts.clear();
        }
        match &shown {
            Ok(figure) => {
                let parts = figure.derivation.rule.parts.iter();
                let parts =
                    parts.filter(|_| figure.derivation.rule.parts.last() == Some(&figure.derivation.unit.scale));
                for scale in [&figure.derivation.unit.scale].into_iter().chain(parts) {
                    self.check_scale(&figure.derivation.unit.at(*scale))?;
                }
                self.context.record_phrase(figure, self.place, self.at, self.call, self.subject.get().cloned());
            }
            Err(Absent::Blank) => {
                let message = format!("`{expr}` is blank, so the sentence would have no number");
                return Err(Diagnostic::error("missing-value", message).at(self.at, ""));
            }
            Err(Absent::NotMeaningful) => {
                let message = format!(
                    "`{expr}` is not meaningful, so the sentence would read `{}`",
                    self.context.absent_mark(Absent::NotMeaningful)
                );
                let finding = Diagnostic::error("not-meaningful", message).at(self.at, "");
                return Err(finding.help("write both amounts, such as \"compared with a loss of …\""));
            }
            Err(_) => {}
        }
        Ok(shown)
    }

    /// Reports a unit at a scale that the language has no word for: the sentence would lose it.
    fn check_scale(&self, unit: &Unit) -> Result<(), Diagnostic> {
        let Some(scale) = unit.scale.word().filter(|_| Writes::of(self.call).has_unit()) else {
            return Ok(());
        };
        if self.context.words.scale.contains_key(scale) {
            return Ok(());
        }
        let finding = Diagnostic::error("words", format!("the language has no word for the scale `{scale}`"));
        let known = Scale::WORDS.iter().filter(|(word, _)| self.context.words.scale.contains_key(*word));
        let known: Vec<&str> = known.map(|(word, _)| *word).collect();
        let finding = finding.at(self.at, format!("the figure is in `{unit}`"));
        Err(match known.is_empty() {
            true => finding.note("the language has no words under `[scale]`"),
            false => finding.note(format!("it has words for {}", quoted_list(known))),
        })
    }

    fn figure(
        &self,
        expr: &Expr,
        write: impl Fn(&DisplayedFigure, &Words) -> String,
    ) -> Result<Vec<Inline>, Diagnostic> {
        self.figure_in(expr, None, write)
    }

    fn figure_in(
        &self,
        expr: &Expr,
        unit: Option<Unit>,
        write: impl Fn(&DisplayedFigure, &Words) -> String,
    ) -> Result<Vec<Inline>, Diagnostic> {
        Ok(match self.displayed_figure(expr, unit)? {
            Ok(figure) => vec![Inline::Figure(figure_with_text(&figure, write(&figure, self.context.words)))],
            Err(absent) => self.absent_mark(absent),
        })
    }

    /// The figure's size, inside the pattern for its direction.
    fn with_direction(
        &self,
        expr: &Expr,
        style: &str,
        write: impl Fn(&DisplayedFigure, &Words) -> String,
    ) -> Result<Vec<Inline>, Diagnostic> {
        let pattern = self.pattern(&self.context.words.change, style)?;
        let figure = match self.displayed_figure(expr, None)? {
            Ok(figure) => figure,
            Err(absent) => return Ok(self.absent_mark(absent)),
        };
        let size = Inline::Figure(figure_with_text(&figure, write(&figure, self.context.words)));
        let text = |text: &str| (!text.is_empty()).then(|| Inline::Text { text: text.to_owned() });
        let pattern = self.fill_compared(direction_pattern(&figure, pattern))?;
        Ok(match pattern.split_once("{}") {
            Some((before, after)) => text(before).into_iter().chain([size]).chain(text(after)).collect(),
            None => text(&pattern).into_iter().collect(),
        })
    }

    /// The pattern of the style that the call asks for.
    pub(super) fn pattern<'w, P>(&self, styles: &'w BTreeMap<String, P>, default: &str) -> Result<&'w P, Diagnostic> {
        let style = self.call.options.get("style").map_or(default, String::as_str);
        styles
            .get(style)
            .ok_or_else(|| self.unknown_style(style, &styles.keys().map(String::as_str).collect::<Vec<_>>()))
    }

    /// The date of an event or of publication; the last day of a period, or its first with `day="first"`.
    fn date(&self, subject: &str) -> Result<Option<Date>, Diagnostic> {
        let release = self.context.book.release;
        let day = self.call.options.get("day").map_or("last", String::as_str);
        let finding = |message: String| Diagnostic::error("unknown-key", message).at(self.at, "");
        match (day, release.period(subject).map(|period| period.span)) {
            ("last", _) => Ok(release.date_of(subject)),
            ("first", Some(PeriodSpan::Duration { from, .. })) => Ok(Some(from)),
            ("first", _) => Err(finding(format!("`{subject}` is a single day and has no first one"))),
            _ => Err(finding(format!("there is no day `{day}`")).note("the days are `first`, `last`")),
        }
    }

    fn unknown_style(&self, style: &str, known: &[&str]) -> Diagnostic {
        let message = format!("`{}` has no style `{style}`", self.call.filter);
        let finding = Diagnostic::error("unknown-key", message).at(self.at, "");
        finding.note(format!("the styles are {}", known.join(", ")))
    }

    pub(super) fn absent_mark(&self, absent: Absent) -> Vec<Inline> {
        vec![Inline::Text { text: self.context.absent_mark(absent).to_owned() }]
    }
}
