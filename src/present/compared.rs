//! Words for what a change is compared with, by its two periods: "year on year".

use super::phrases::PhraseContext;
use crate::{
    diag::Diagnostic,
    model::{Comparison, Expr, Node, Period},
};

/// The place of these words in a pattern of a change.
pub(super) const COMPARED: &str = "{compared}";

impl<'a> PhraseContext<'a, '_, '_> {
    /// The pattern with the words for the comparison of the call. An error where nothing is compared, and where the language
    /// has no words for it.
    pub(super) fn fill_compared(&self, pattern: &str) -> Result<String, Diagnostic> {
        if !pattern.contains(COMPARED) {
            return Ok(pattern.to_owned());
        }
        let error = |message: String| Diagnostic::error("words", message).at(self.at, "");
        if !["change", "difference"].contains(&self.call.filter.as_str()) {
            return Err(error(format!("`{}` compares no periods, which its style says", self.call.filter)));
        }
        let Some((own, base)) = self.compared_periods()? else { return Ok(pattern.to_owned()) };
        let release = self.context.book.release;
        let words = Comparison::of(release, own, base).and_then(|kind| self.context.words.compared.get(kind.word()));
        let words = words.ok_or_else(|| {
            let message = format!("there are no words for a comparison of `{}` with `{}`", own.id.value, base.id.value);
            error(message).help("use another style, and write what is compared in the text")
        })?;
        Ok(pattern.replace(COMPARED, words))
    }

    /// The period of the figure and the one that it is compared with. A balance is of the last days of both. None if one of
    /// them is unknown, which is reported elsewhere.
    fn compared_periods(&self) -> Result<Option<(&'a Period, &'a Period)>, Diagnostic> {
        let (release, book) = (self.context.book.release, self.context.book);
        let expr = self.parse_expr()?;
        let own = match &expr.node {
            Node::In(_, period) => period.as_str(),
            _ => self.period.unwrap_or_default(),
        };
        let chosen = self.call.options.get("compare_with").map(String::as_str);
        let prior = || release.period(own)?.prior.as_ref().map(|prior| prior.value.as_str());
        let Some(base) = chosen.or_else(prior) else { return Ok(None) };
        let statement = first_line(&expr).and_then(|name| book.line(name)).map(|(statement, _)| statement);
        let known = |id: &str| match statement {
            // A line that is compared with another one may be in a statement that lacks the earlier period.
            Some(statement) => release.period(book.period_in(statement, id).unwrap_or(id)),
            None => release.period(id),
        };
        Ok(known(own).zip(known(base)))
    }
}

fn first_line(expr: &Expr) -> Option<&str> {
    let mut first = None;
    expr.walk(&mut |part| {
        if let Node::Line { name, .. } = &part.node {
            first = first.or(Some(name.as_str()));
        }
    });
    first
}
