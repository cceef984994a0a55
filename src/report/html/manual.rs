//! A rule's manual as HTML.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use crate::rules;

/// The rule's manual, its headings two levels down: the page has headings above them. Manuals are ours; what looks like HTML
/// in them is text.
pub(super) fn html(rule: &str) -> String {
    let Some(rule) = rules::find(rule) else { return String::new() };
    let manual = rule.manual();
    let events = Parser::new(&manual).map(|event| match event {
        Event::Start(Tag::Heading { .. }) => {
            Event::Start(Tag::Heading { level: HeadingLevel::H4, id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(HeadingLevel::H4)),
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        // The address alone: the page links to nothing outside itself.
        Event::Start(Tag::Link { .. }) => Event::Text(CowStr::Borrowed("")),
        Event::End(TagEnd::Link) => Event::Text(CowStr::Borrowed("")),
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_manual_is_plain_html() {
        for rule in crate::rules::all() {
            let html = super::html(rule.name);
            assert!(html.starts_with("<p>") && html.contains("<h4>What it checks</h4>"), "{}: {html}", rule.name);
            for forbidden in ["<script", "<img", "<a ", "<iframe", "style="] {
                assert!(!html.contains(forbidden), "{}: {forbidden}", rule.name);
            }
        }
    }
}
