//! The definitions of a filing: the parts of its form, each with its concepts and axes.

use std::collections::BTreeSet;

use super::{
    schema::address,
    xml::{DECLARATION, DIMENSIONS, LINKBASE, XLINK, empty, open},
};
use crate::{
    filing::Filing,
    model::{DefinitionLink, Taxonomy},
};

/// The kinds of arcs, each declared by the schema of dimensions.
const ARCS: [&str; 4] = ["all", "dimension-domain", "domain-member", "hypercube-dimension"];

pub(super) fn definitions(filing: &Filing) -> String {
    let (taxonomy, mut out) = (&filing.taxonomy, DECLARATION.to_owned());
    let namespaces = [("xmlns", Some(LINKBASE)), ("xmlns:xlink", Some(XLINK)), ("xmlns:xbrldt", Some(DIMENSIONS))];
    open(&mut out, "linkbase", &namespaces);
    out.push_str(">\n");
    let links: Vec<&DefinitionLink> = taxonomy.links_of(&filing.form).collect();
    for link in &links {
        let role = role_name(taxonomy, link);
        let place = format!("{}#{role}", address(&taxonomy.roles_schema));
        reference(&mut out, "roleRef", ("roleURI", &role_address(taxonomy, link)), &place);
    }
    for arc in ARCS {
        let place = format!("http://www.xbrl.org/2005/xbrldt-2005.xsd#{arc}");
        reference(&mut out, "arcroleRef", ("arcroleURI", &arc_role(arc)), &place);
    }
    links.iter().for_each(|link| write_link(&mut out, link, taxonomy));
    out.push_str("</linkbase>\n");
    out
}

fn role_address(taxonomy: &Taxonomy, link: &DefinitionLink) -> String {
    format!("{}{}", taxonomy.role_prefix, link.role)
}

/// The id of a role in the schema of roles: the end of its address.
fn role_name(taxonomy: &Taxonomy, link: &DefinitionLink) -> String {
    let address = role_address(taxonomy, link);
    address.rsplit('/').next().unwrap_or_default().to_owned()
}

fn arc_role(arc: &str) -> String {
    format!("http://xbrl.org/int/dim/arcrole/{arc}")
}

fn reference(out: &mut String, tag: &str, (name, address): (&str, &str), place: &str) {
    empty(out, tag, &[(name, Some(address)), ("xlink:type", Some("simple")), ("xlink:href", Some(place))]);
}

/// Writes the arcs of a part of the form.
fn write_link(out: &mut String, link: &DefinitionLink, taxonomy: &Taxonomy) {
    let role = role_address(taxonomy, link);
    open(out, "definitionLink", &[("xlink:type", Some("extended")), ("xlink:role", Some(&role))]);
    out.push_str(">\n");
    let mut writer = LinkWriter { out, taxonomy, located: BTreeSet::new() };
    if let Some(table) = &link.table {
        writer.arc("all", &link.heading, table, 1);
        for (position, axis) in link.axes.iter().enumerate() {
            writer.arc("hypercube-dimension", table, &axis.name, position + 1);
            for (position, member) in axis.members.iter().enumerate() {
                writer.arc("dimension-domain", &axis.name, member, position + 1);
            }
        }
    }
    // The names above an item, with the number of items below each so far.
    let mut above = vec![(link.heading.as_str(), 0)];
    for (depth, item) in &link.items {
        above.truncate(depth + 1);
        if let Some((parent, count)) = above.last_mut() {
            *count += 1;
            writer.arc("domain-member", parent, item, *count);
        }
        above.push((item, 0));
    }
    out.push_str("</definitionLink>\n");
}

struct LinkWriter<'o> {
    out: &'o mut String,
    taxonomy: &'o Taxonomy,
    /// The elements that have a locator.
    located: BTreeSet<String>,
}

impl LinkWriter<'_> {
    fn arc(&mut self, kind: &str, from: &str, to: &str, order: usize) {
        self.locate(from);
        self.locate(to);
        let (is_cube, order, role) = (kind == "all", order.to_string(), arc_role(kind));
        let attributes = [
            ("xlink:type", Some("arc")),
            ("xlink:arcrole", Some(role.as_str())),
            ("xlink:from", Some(from)),
            ("xlink:to", Some(to)),
            ("order", Some(order.as_str())),
            ("xbrldt:contextElement", is_cube.then_some("scenario")),
            ("xbrldt:closed", is_cube.then_some("true")),
        ];
        empty(self.out, "definitionArc", &attributes);
    }

    /// Writes where an element is declared, once.
    fn locate(&mut self, name: &str) {
        if self.located.insert(name.to_owned()) {
            let schema = &self.taxonomy.concepts_schema;
            let place = format!("{}#{}_{name}", address(schema), schema.prefix);
            let attributes =
                [("xlink:type", Some("locator")), ("xlink:href", Some(place.as_str())), ("xlink:label", Some(name))];
            empty(self.out, "loc", &attributes);
        }
    }
}
