//! The page of a filing, an XHTML document in which facts are tagged.

use std::fmt::Write;

use super::{
    file_name,
    xml::{DECLARATION, INSTANCE, LINKBASE, XLINK, element, empty, escape, open},
};
use crate::filing::{
    Block, Context, ContextPeriod, Fact, FactValue, Filing, HeadCell, NumberForm, Span, Table, TextForm, UnitMeasure,
};

/// The style of the page, which stands alone.
const STYLE: &str = "body { font-family: sans-serif; margin: 2em; } table { border-collapse: collapse; margin: 1em 0; } \
                     caption { text-align: left; } th, td { border: 1px solid #666; padding: 0.2em 0.5em; } \
                     td { text-align: right; } .words td { text-align: left; } th { font-weight: normal; text-align: left; } thead th { text-align: center; }";

pub(super) fn instance(filing: &Filing) -> String {
    let (mut out, concepts) = (DECLARATION.to_owned(), &filing.taxonomy.concepts_schema);
    let prefix = format!("xmlns:{}", concepts.prefix);
    let namespaces = [
        ("xmlns", Some("http://www.w3.org/1999/xhtml")),
        ("xmlns:ix", Some("http://www.xbrl.org/2008/inlineXBRL")),
        ("xmlns:ixt", Some("http://www.xbrl.org/inlineXBRL/transformation/2011-07-31")),
        ("xmlns:xbrli", Some(INSTANCE)),
        ("xmlns:xbrldi", Some("http://xbrl.org/2006/xbrldi")),
        ("xmlns:link", Some(LINKBASE)),
        ("xmlns:xlink", Some(XLINK)),
        ("xmlns:iso4217", Some("http://www.xbrl.org/2003/iso4217")),
        ("xmlns:xsi", Some("http://www.w3.org/2001/XMLSchema-instance")),
        (prefix.as_str(), Some(concepts.namespace.as_str())),
        ("xml:lang", Some(filing.language.as_str())),
    ];
    open(&mut out, "html", &namespaces);
    out.push_str(">\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\"/>\n");
    element(&mut out, "title", &[], &filing.title);
    _ = write!(out, "\n<style type=\"text/css\">{STYLE}</style>\n</head>\n<body>\n");
    let mut writer = Writer { out, filing };
    filing.blocks.iter().for_each(|block| writer.block(block));
    writer.header();
    writer.out.push_str("</body>\n</html>\n");
    writer.out
}

struct Writer<'f> {
    out: String,
    filing: &'f Filing,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let tag = format!("h{}", (level + 1).min(6));
                self.text(&tag, "", text);
            }
            Block::Paragraph(text) => self.text("p", "", text),
            Block::Table(table) => self.table(table),
        }
    }

    /// An element of text on its own line.
    fn text(&mut self, tag: &str, attributes: &str, spans: &[Span]) {
        _ = write!(self.out, "<{tag}{attributes}>");
        self.spans(spans);
        _ = writeln!(self.out, "</{tag}>");
    }

    fn table(&mut self, table: &Table) {
        self.out.push_str(if table.is_of_words { "<table class=\"words\">\n" } else { "<table>\n" });
        if !table.caption.is_empty() {
            self.text("caption", "", &table.caption);
        }
        if !table.head.is_empty() {
            self.out.push_str("<thead>\n");
            for row in &table.head {
                self.out.push_str("<tr>\n");
                row.iter().for_each(|cell| self.head_cell(cell));
                self.out.push_str("</tr>\n");
            }
            self.out.push_str("</thead>\n");
        }
        self.out.push_str("<tbody>\n");
        for row in &table.rows {
            self.out.push_str("<tr>\n");
            self.text("th", " scope=\"row\"", &row.label);
            row.cells.iter().for_each(|cell| self.text("td", "", cell));
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n");
    }

    fn head_cell(&mut self, cell: &HeadCell) {
        let span = |name: &str, count: usize| if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() };
        let attributes = format!("{}{}", span("colspan", cell.colspan), span("rowspan", cell.rowspan));
        self.text("th", &attributes, &cell.text);
    }

    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            match span {
                Span::Text(text) => escape(&mut self.out, text),
                Span::LineBreak => self.out.push_str("<br/>"),
                Span::Fact(fact) => self.fact(fact),
            }
        }
    }

    fn fact(&mut self, fact: &Fact) {
        let name = format!("{}:{}", self.filing.taxonomy.concepts_schema.prefix, fact.concept);
        let about = [("name", Some(name.as_str())), ("contextRef", Some(fact.context.as_str()))];
        match &fact.value {
            FactValue::Number { unit, decimals, scale, negative, form, text } => {
                let (decimals, scale) = (decimals.to_string(), scale.to_string());
                let form = match form {
                    NumberForm::Point => "ixt:numdotdecimal",
                    NumberForm::Comma => "ixt:numcommadecimal",
                    NumberForm::Dash => "ixt:zerodash",
                };
                let number = [
                    ("unitRef", Some(unit.as_str())),
                    ("decimals", Some(decimals.as_str())),
                    ("scale", Some(scale.as_str())),
                    ("sign", negative.then_some("-")),
                    ("format", Some(form)),
                ];
                element(&mut self.out, "ix:nonFraction", &[about.as_slice(), &number].concat(), text);
            }
            FactValue::Nil { unit, mark } => {
                let nil = [("unitRef", Some(unit.as_str())), ("xsi:nil", Some("true"))];
                open(&mut self.out, "ix:nonFraction", &[about.as_slice(), &nil].concat());
                self.out.push_str("/>");
                escape(&mut self.out, mark);
            }
            FactValue::Text { form, text } => {
                let written = form.map(|form| match form {
                    TextForm::YearMonthDay => "ixt:dateyearmonthdaycjk",
                    TextForm::MonthDayYear => "ixt:datemonthdayyearen",
                    TextForm::DayMonthYear => "ixt:datedaymonthyearen",
                    TextForm::True => "ixt:booleantrue",
                    TextForm::False => "ixt:booleanfalse",
                });
                // A fact does not inherit the language of the page.
                let language = form.is_none().then_some(self.filing.language.as_str());
                let said = [("format", written), ("xml:lang", language)];
                element(&mut self.out, "ix:nonNumeric", &[about.as_slice(), &said].concat(), text);
            }
        }
    }

    /// The facts that are not shown, the schema, contexts and units.
    fn header(&mut self) {
        self.out.push_str("<div style=\"display:none\">\n<ix:header>\n");
        let filing = self.filing;
        if !filing.hidden.is_empty() {
            self.out.push_str("<ix:hidden>\n");
            for fact in &filing.hidden {
                self.fact(fact);
                self.out.push('\n');
            }
            self.out.push_str("</ix:hidden>\n");
        }
        self.out.push_str("<ix:references>\n");
        let schema = file_name(filing, 1);
        let attributes = [("xlink:type", Some("simple")), ("xlink:href", Some(schema.as_str()))];
        empty(&mut self.out, "link:schemaRef", &attributes);
        self.out.push_str("</ix:references>\n<ix:resources>\n");
        filing.contexts.iter().for_each(|(id, context)| self.context(id, context));
        filing.units.iter().for_each(|(id, measure)| self.unit(id, measure));
        self.out.push_str("</ix:resources>\n</ix:header>\n</div>\n");
    }

    fn context(&mut self, id: &str, context: &Context) {
        let (out, taxonomy) = (&mut self.out, &self.filing.taxonomy);
        open(out, "xbrli:context", &[("id", Some(id))]);
        out.push_str("><xbrli:entity>");
        let scheme = [("scheme", Some(taxonomy.files.entity_scheme.as_str()))];
        element(out, "xbrli:identifier", &scheme, &self.filing.entity);
        out.push_str("</xbrli:entity><xbrli:period>");
        match context.period {
            ContextPeriod::Instant(day) => element(out, "xbrli:instant", &[], &day.to_string()),
            ContextPeriod::Duration { from, to } => {
                element(out, "xbrli:startDate", &[], &from.to_string());
                element(out, "xbrli:endDate", &[], &to.to_string());
            }
        }
        out.push_str("</xbrli:period>");
        if !context.members.is_empty() {
            out.push_str("<xbrli:scenario>");
            let prefix = &taxonomy.concepts_schema.prefix;
            for (axis, member) in &context.members {
                let axis = format!("{prefix}:{axis}");
                let member = format!("{prefix}:{member}");
                element(out, "xbrldi:explicitMember", &[("dimension", Some(axis.as_str()))], &member);
            }
            out.push_str("</xbrli:scenario>");
        }
        out.push_str("</xbrli:context>\n");
    }

    fn unit(&mut self, id: &str, measure: &UnitMeasure) {
        let out = &mut self.out;
        open(out, "xbrli:unit", &[("id", Some(id))]);
        out.push('>');
        let mut measured = |text: &str| element(out, "xbrli:measure", &[], text);
        match measure {
            UnitMeasure::Currency(currency) => measured(&format!("iso4217:{currency}")),
            UnitMeasure::Shares => measured("xbrli:shares"),
            UnitMeasure::Pure => measured("xbrli:pure"),
            UnitMeasure::CurrencyPerShare(currency) => {
                out.push_str("<xbrli:divide><xbrli:unitNumerator>");
                element(out, "xbrli:measure", &[], &format!("iso4217:{currency}"));
                out.push_str("</xbrli:unitNumerator><xbrli:unitDenominator>");
                element(out, "xbrli:measure", &[], "xbrli:shares");
                out.push_str("</xbrli:unitDenominator></xbrli:divide>");
            }
        }
        out.push_str("</xbrli:unit>\n");
    }
}
