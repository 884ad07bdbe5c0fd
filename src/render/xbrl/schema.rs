//! The schema of a filing: it imports the taxonomy and names the linkbases.

use super::{
    file_name,
    xml::{DECLARATION, LINKBASE, XLINK, empty, open},
};
use crate::{filing::Filing, model::SchemaAddress};

const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

pub(super) fn schema(filing: &Filing) -> String {
    let (taxonomy, mut out) = (&filing.taxonomy, DECLARATION.to_owned());
    let attributes = [
        ("xmlns", Some(XML_SCHEMA)),
        ("xmlns:link", Some(LINKBASE)),
        ("xmlns:xlink", Some(XLINK)),
        ("targetNamespace", Some(filing.namespace.as_str())),
        ("attributeFormDefault", Some("unqualified")),
        ("elementFormDefault", Some("qualified")),
    ];
    open(&mut out, "schema", &attributes);
    out.push_str(">\n<annotation>\n<appinfo>\n");
    linkbase(&mut out, &file_name(filing, 2), "definition");
    for labels in &taxonomy.labels {
        linkbase(&mut out, &format!("{}/{labels}", taxonomy.concepts_schema.namespace), "label");
    }
    out.push_str("</appinfo>\n</annotation>\n");
    for schema in [&taxonomy.concepts_schema, &taxonomy.roles_schema] {
        let (namespace, address) = (Some(schema.namespace.as_str()), address(schema));
        empty(&mut out, "import", &[("namespace", namespace), ("schemaLocation", Some(&address))]);
    }
    out.push_str("</schema>\n");
    out
}

/// The address of a schema of the taxonomy.
pub(super) fn address(schema: &SchemaAddress) -> String {
    format!("{}/{}", schema.namespace, schema.file)
}

fn linkbase(out: &mut String, address: &str, kind: &str) {
    let role = format!("http://www.xbrl.org/2003/role/{kind}LinkbaseRef");
    let attributes = [
        ("xlink:type", Some("simple")),
        ("xlink:href", Some(address)),
        ("xlink:role", Some(role.as_str())),
        ("xlink:arcrole", Some("http://www.w3.org/1999/xlink/properties/linkbase")),
    ];
    empty(out, "link:linkbaseRef", &attributes);
}
