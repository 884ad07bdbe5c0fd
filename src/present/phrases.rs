//! What each filter of the narrative says: a figure, a change, a direction, a date.

use super::{
    context::PresentContext,
    document::{Figure, Inline},
    number::{digits, in_sentence, is_negative},
};
use crate::{
    diag::{Diagnostic, Place, nearest},
    figures::{Absent, DisplayedFigure, FigureRequest},
    merge::Call,
    model::{Direction, Expr, Function, Node, RoundingMode, Unit, parse_formula, unknown_name},
};

/// The words that may follow `|` in text, `table` apart, with the options each takes beside `unit` and `decimals`.
const SAYS: [(&str, &[&str], PhraseFn); 9] = [
    ("amount", &[], amount),
    ("size", &[], size),
    ("number", &[], number),
    ("change", &["style"], change),
    ("difference", &["style", "points"], difference),
    ("movement", &["style"], movement),
    ("direction", &["style"], direction),
    ("date", &[], date),
    ("rounding", &[], rounding),
];

/// The words that may follow `|`.
pub const FILTERS: [&str; 12] = [
    "amount",
    "size",
    "number",
    "change",
    "difference",
    "movement",
    "direction",
    "date",
    "rounding",
    "period",
    "table",
    "chart",
];

type PhraseFn = fn(&PhraseContext) -> Result<Vec<Inline>, Diagnostic>;

/// A call being replaced, in a place that speaks of a period.
struct PhraseContext<'a, 'p, 'r> {
    context: &'a PresentContext<'p, 'r>,
    call: &'a Call,
    at: &'a Place,
    /// Table or page.
    place: &'a str,
    period: Option<&'a str>,
}

/// What a call reads as, in the table or page `place` that speaks of `period`.
pub fn phrase(
    context: &PresentContext,
    call: &Call,
    at: &Place,
    place: &str,
    period: Option<&str>,
) -> Result<Vec<Inline>, Diagnostic> {
    let saying = PhraseContext { context, call, at, place, period };
    if call.filter == "period" {
        return saying.options(&[]).and_then(|()| saying.period_label());
    }
    let found = SAYS.iter().find(|(name, ..)| *name == call.filter);
    let Some((_, options, function)) = found else {
        let message = format!("a `{}` stands in a paragraph of its own", call.filter);
        return Err(Diagnostic::error("template", message).at(at, "").help("put an empty line before and after it"));
    };
    saying.options(options)?;
    function(&saying)
}

fn amount(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = saying.expr()?;
    saying.figure(&expr, |figure, words| {
        let text = in_sentence(figure, words);
        if is_negative(figure) { words.number.sentence_negative.replace("{}", &text) } else { text }
    })
}

fn size(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = saying.expr()?;
    saying.figure(&expr, in_sentence)
}

fn number(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = saying.expr()?;
    let own = saying.context.book.unit_of(&expr);
    saying.figure_in(&expr, own, |figure, words| {
        let text = digits(figure.displayed, figure.derivation.rule.group, &words.number);
        if is_negative(figure) { words.number.sentence_negative.replace("{}", &text) } else { text }
    })
}

fn change(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = called(Function::Change, saying.expr()?);
    saying.with_direction(&expr, "plain", in_sentence)
}

fn difference(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = called(Function::Difference, saying.expr()?);
    let in_points = saying.call.options.get("points").is_none_or(|points| points == "true");
    saying.with_direction(&expr, "plain", |figure, words| {
        if in_points && figure.derivation.unit.base == Unit::PERCENT {
            words.points.replace("{}", &digits(figure.displayed, figure.derivation.rule.group, &words.number))
        } else {
            in_sentence(figure, words)
        }
    })
}

fn movement(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = saying.expr()?;
    saying.with_direction(&expr, "noun", in_sentence)
}

fn direction(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let expr = saying.expr()?;
    let pattern = saying.pattern(&saying.context.words.direction, "noun")?;
    match saying.displayed_figure(&expr, None)? {
        Ok(figure) => Ok(vec![Inline::Text { text: way(&figure, pattern).to_owned() }]),
        Err(nothing) => Ok(saying.mark(nothing)),
    }
}

fn date(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let release = saying.context.book.release;
    let subject = saying.call.subject.as_str();
    let event = || release.events.iter().find(|event| event.id.value == subject).map(|event| event.date);
    let date = match release.period(subject) {
        Some(period) => Some(period.span.end()),
        None if subject == "release" => Some(release.date),
        None => event(),
    };
    let date = date.ok_or_else(|| {
        let events = release.events.iter().map(|event| event.id.value.as_str());
        let known = release.periods.iter().map(|period| period.id.value.as_str()).chain(events);
        unknown_name("unknown-period", "period or event", subject, &call_subject(saying.call, saying.at), known)
    })?;
    Ok(vec![Inline::Text { text: saying.context.words.format_date(date) }])
}

/// Where a call's subject is written; all of the call where it cannot be found.
pub fn call_subject(call: &Call, at: &Place) -> Place {
    match at.text().find(&call.subject).filter(|_| !call.subject.is_empty()) {
        Some(found) => Place { start: at.start + found, end: at.start + found + call.subject.len(), ..at.clone() },
        None => at.clone(),
    }
}

/// What is done to the digits that a unit does not show: "rounded", "truncated".
fn rounding(saying: &PhraseContext) -> Result<Vec<Inline>, Diagnostic> {
    let unit = Unit::parse(&saying.call.subject);
    let units = &saying.context.book.release.units;
    let Some(rule) = units.rule(&unit.base) else {
        let known = units.rules.keys().map(String::as_str);
        return Err(unknown_name("unknown-unit", "unit", &unit.base, saying.at, known));
    };
    let mode = units.rounding_mode(rule.kind);
    let word = RoundingMode::WORDS.iter().find(|(_, known)| *known == mode).map_or("", |(word, _)| word);
    let said = saying.context.words.rounding.get(word).cloned().unwrap_or_default();
    Ok(vec![Inline::Text { text: said }])
}

/// A function of a figure, in the figure's period.
pub fn called(function: Function, expr: Expr) -> Expr {
    let place = expr.place.clone();
    // `x@p | change` is the change of x in p, so that the period stays outermost.
    match expr.node {
        Node::In(inner, period) => {
            let inner = called(function, *inner);
            Expr { node: Node::In(Box::new(inner), period), place }
        }
        _ => Expr { node: Node::Call(function, vec![expr]), place },
    }
}

/// The pattern of the way a figure goes: up, down, or neither as shown.
fn way<'a>(figure: &DisplayedFigure, direction: &'a Direction) -> &'a str {
    if figure.displayed.is_zero() {
        &direction.flat
    } else if figure.displayed.is_sign_negative() {
        &direction.down
    } else {
        &direction.up
    }
}

impl<'a> PhraseContext<'a, '_, '_> {
    fn options(&self, own: &[&'static str]) -> Result<(), Diagnostic> {
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
        Ok(vec![Inline::Text { text: period.label.value.clone() }])
    }

    fn expr(&self) -> Result<Expr, Diagnostic> {
        let expr = parse_formula(&self.call.subject, self.at)?;
        self.context.known(&expr)?;
        Ok(expr)
    }

    /// The unit asked for, or the figure's own at the scale of sentences.
    fn unit(&self, expr: &Expr) -> Result<Option<Unit>, Diagnostic> {
        let own = self.context.book.unit_of(expr);
        let units = &self.context.book.release.units;
        let Some(wanted) = self.call.options.get("unit") else {
            let scale = own.as_ref().and_then(|own| units.rule(&own.base)).and_then(|rule| rule.scale);
            return Ok(own.map(|own| scale.map_or(own.clone(), |scale| own.at(scale))));
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

    fn displayed_figure(&self, expr: &Expr, unit: Option<Unit>) -> Result<Result<DisplayedFigure, Absent>, Diagnostic> {
        let unit = if unit.is_some() && !self.call.options.contains_key("unit") { unit } else { self.unit(expr)? };
        let period = self.period.unwrap_or_default();
        let decimals = self.call.options.get("decimals").map(|text| text.parse().ok().filter(|count| *count <= 9));
        let Some(decimals) = decimals.map_or(Some(None), |count: Option<u32>| count.map(Some)) else {
            let message = "`decimals` is a whole number from 0 to 9";
            return Err(Diagnostic::error("wrong-type", message).at(self.at, ""));
        };
        let ask = FigureRequest { expr, period, member: None, unit: unit.as_ref(), decimals, place: self.place };
        let shown = self.context.book.display(ask)?;
        match &shown {
            Ok(figure) => self.context.record_phrase(figure.derivation.clone(), self.place, self.at, self.call),
            Err(Absent::Blank) => {
                let message = format!("`{expr}` is blank, so the sentence would have no number");
                return Err(Diagnostic::error("missing-value", message).at(self.at, ""));
            }
            Err(_) => {}
        }
        Ok(shown)
    }

    fn figure(
        &self,
        expr: &Expr,
        write: impl Fn(&DisplayedFigure, &crate::model::Words) -> String,
    ) -> Result<Vec<Inline>, Diagnostic> {
        self.figure_in(expr, None, write)
    }

    fn figure_in(
        &self,
        expr: &Expr,
        unit: Option<Unit>,
        write: impl Fn(&DisplayedFigure, &crate::model::Words) -> String,
    ) -> Result<Vec<Inline>, Diagnostic> {
        Ok(match self.displayed_figure(expr, unit)? {
            Ok(figure) => vec![Inline::Figure(figure_with_text(&figure, write(&figure, self.context.words)))],
            Err(nothing) => self.mark(nothing),
        })
    }

    /// A size with the words of its direction round it.
    fn with_direction(
        &self,
        expr: &Expr,
        style: &str,
        write: impl Fn(&DisplayedFigure, &crate::model::Words) -> String,
    ) -> Result<Vec<Inline>, Diagnostic> {
        let pattern = self.pattern(&self.context.words.change, style)?;
        let figure = match self.displayed_figure(expr, None)? {
            Ok(figure) => figure,
            Err(nothing) => return Ok(self.mark(nothing)),
        };
        let size = Inline::Figure(figure_with_text(&figure, write(&figure, self.context.words)));
        let text = |text: &str| (!text.is_empty()).then(|| Inline::Text { text: text.to_owned() });
        let pattern = way(&figure, pattern);
        Ok(match pattern.split_once("{}") {
            Some((before, after)) => text(before).into_iter().chain([size]).chain(text(after)).collect(),
            None => text(pattern).into_iter().collect(),
        })
    }

    fn pattern<'w>(
        &self,
        styles: &'w std::collections::BTreeMap<String, Direction>,
        default: &str,
    ) -> Result<&'w Direction, Diagnostic> {
        let style = self.call.options.get("style").map_or(default, String::as_str);
        styles.get(style).ok_or_else(|| {
            let known: Vec<_> = styles.keys().map(String::as_str).collect();
            let message = format!("`{}` has no style `{style}`", self.call.filter);
            Diagnostic::error("unknown-key", message)
                .at(self.at, "")
                .note(format!("the styles are {}", known.join(", ")))
        })
    }

    fn mark(&self, nothing: Absent) -> Vec<Inline> {
        vec![Inline::Text { text: self.context.mark(nothing).to_owned() }]
    }
}

/// The figure with its text.
pub fn figure_with_text(figure: &DisplayedFigure, text: String) -> Figure {
    Figure { text, value: figure.plain_value(), source: figure.derivation.name.clone() }
}
