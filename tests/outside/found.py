"""A site can be found and cited: every page says what it is and where it stands, the sitemap lists exactly the pages that are
to be found, each language's feed has every release, robots.txt shows the way.

    found.py SITE [SITE_TOML]     the project's content/site.toml, if it has one with an address
"""

import json
import sys
import tomllib
import xml.etree.ElementTree as xml
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Head(HTMLParser):
    """What a page's head says: language, title, meta by name or property, links by rel, JSON-LD; and the first date in its text."""

    def __init__(self, path):
        super().__init__()
        self.language, self.title, self.linked, self.meta, self.links, self.date, self.inside = None, "", "", {}, {}, None, None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.inside = "linked" if given.get("type") == "application/ld+json" else tag
        if tag == "html":
            self.language = given.get("lang")
        elif tag == "meta":
            self.meta.setdefault(given.get("name") or given.get("property") or given.get("http-equiv"), given.get("content"))
        elif tag == "link":
            self.links.setdefault(given["rel"], []).append(given["href"])
        elif tag == "time":
            self.date = self.date or given["datetime"]

    def handle_endtag(self, tag):
        self.inside = None

    def handle_data(self, data):
        if self.inside == "title":
            self.title += data
        elif self.inside == "linked":
            self.linked += data


def address(base, name):
    return base + name.removesuffix("index.html")


def heads(site, base, faults):
    """The addresses of all pages that are to be found, after what is wrong with their heads."""
    titles, public = {}, {}
    for path in sorted(site.rglob("*.html")):
        name, head = path.relative_to(site).as_posix(), Head(path)
        hidden = "noindex" in (head.meta.get("robots") or "")
        if hidden != (path.name in ("404.html", "checks.html")):
            faults.append(f"{name}: {'hidden from' if hidden else 'open to'} search engines")
        if not head.title.strip():
            faults.append(f"{name}: no title")
        if head.title in titles:
            faults.append(f"{name}: the title of {titles[head.title]}: {head.title}")
        titles[head.title] = name
        if hidden:
            continue
        if not (head.meta.get("description") or "").strip():
            faults.append(f"{name}: no description")
        want = [address(base, name)] if base else []
        if head.links.get("canonical", []) != want:
            faults.append(f"{name}: canonical {head.links.get('canonical')}, not {want}")
        faults += [f"{name}: {fault}" for fault in shared(head, want)]
        public[address(base or "", name)] = head
    return public


def shared(head, canonical):
    """What is wrong with what a page says where it is shared (Open Graph) and to programs (schema.org)."""
    want = {"og:title": head.title, "og:description": head.meta.get("description"), "og:url": canonical[0] if canonical else None}
    for name, text in want.items():
        if head.meta.get(name) != text:
            yield f"{name} is {head.meta.get(name)}, not {text}"
    for name in ("og:type", "og:site_name"):
        if not head.meta.get(name):
            yield f"no {name}"
    if head.meta.get("og:type") != "article":
        return
    thing = json.loads(head.linked)
    report = thing.get("isPartOf", thing)
    if thing.get("@context") != "https://schema.org" or report.get("@type") != "Report":
        yield f"its JSON-LD is no report of schema.org: {head.linked[:80]}"
    for key in ("name", "datePublished", "inLanguage", "publisher"):
        if not report.get(key):
            yield f"its JSON-LD has no {key}"
    # The report as a whole stands at its first page, wherever it is described.
    at = want["og:url"] and (want["og:url"].rpartition("/")[0] + "/" if thing is report else want["og:url"])
    if thing.get("url") != at:
        yield f"its JSON-LD stands at {thing.get('url')}, not {at}"
    if not report.get("publisher", {}).get("name"):
        yield "its JSON-LD names no publisher"


def check_sitemap(site, public, faults):
    listed = [url.findtext(f"{SITEMAP}loc") for url in xml.parse(site / "sitemap.xml").getroot().iter(f"{SITEMAP}url")]
    faults += [f"sitemap.xml lists {url} twice" for url in set(listed) if listed.count(url) > 1]
    faults += [f"sitemap.xml lacks {url}" for url in public.keys() - set(listed)]
    faults += [f"sitemap.xml has {url}, which is no page" for url in set(listed) - public.keys()]
    return len(listed)


def editions(base, public, language):
    """The first pages of all releases, each in `language` where it has that, or else in that of its original."""
    chosen = {}
    for url, head in sorted(public.items()):
        slug, *translation = url.removeprefix(base).split("/")[:-1] or [""]
        if url.endswith("/") and slug and (not translation or head.language == language):
            chosen[slug] = (url, head)
    return dict(chosen.values())


def check_feed(file, base, public, faults):
    """RFC 4287: what a feed and each entry must have; and that each release is there with its date, the newest first."""
    name, feed = file.name, xml.parse(file).getroot()
    if feed.tag != f"{ATOM}feed":
        faults.append(f"{name} begins with {feed.tag}")
    entries = feed.findall(f"{ATOM}entry")
    for part in (feed, *entries):
        faults += [f"{name}: no {key}" for key in ("id", "title", "updated") if not (part.findtext(ATOM + key) or "").strip()]
        datetime.fromisoformat(part.findtext(f"{ATOM}updated"))
    own = [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='self']")]
    if own != [f"{base}{name}"]:
        faults.append(f"{name} says it stands at {own}")
    releases = editions(base, public, feed.get(LANGUAGE))
    found = {}
    for entry in entries:
        url = entry.find(f"{ATOM}link[@rel='alternate']").get("href")
        found[url] = entry.findtext(f"{ATOM}published")[:10]
        if url in releases and entry.get(LANGUAGE, feed.get(LANGUAGE)) != releases[url].language:
            faults.append(f"{name}: {url} is in {releases[url].language}, not {entry.get(LANGUAGE)}")
        if url in releases and releases[url].date != found[url]:
            faults.append(f"{name} dates {url} {found[url]}, its page {releases[url].date}")
    if found.keys() != releases.keys():
        faults.append(f"{name} has {sorted(found)}, the site {sorted(releases)}")
    if list(found.values()) != sorted(found.values(), reverse=True):
        faults.append(f"{name} does not begin with the newest")
    if len({entry.findtext(f"{ATOM}id") for entry in entries}) != len(entries):
        faults.append(f"{name} has two entries of one id")
    return len(entries)


def main(site, settings=None):
    site, faults = Path(site), []
    base = tomllib.loads(Path(settings).read_text(encoding="utf-8"))["site"].get("url") if settings else None
    public = heads(site, base, faults)
    robots = (site / "robots.txt").read_text(encoding="utf-8").split("\n")
    if any(line.startswith("Disallow: /") for line in robots):
        faults.append("robots.txt shuts the site")
    if base:
        feeds = [check_feed(file, base, public, faults) for file in [site / "feed.xml", *sorted(site.glob("feed.*.xml"))]]
        counts = f"{check_sitemap(site, public, faults)} addresses in the sitemap, {' and '.join(map(str, feeds))} releases in the feeds"
        if f"Sitemap: {base}sitemap.xml" not in robots:
            faults.append("robots.txt does not name the sitemap")
    else:
        counts = "no address is configured"
        faults += [f"{name} without an address" for name in ("sitemap.xml", "feed.xml") if (site / name).exists()]
    print(f"{site}: {len(public)} pages to be found; {counts}")
    for fault in faults[:20]:
        print(f"error: {fault}")
    sys.exit(1 if faults or not public else 0)


try:
    main(*sys.argv[1:])
except (OSError, ValueError, SyntaxError) as fault:  # a file that is missing, or no JSON or XML
    sys.exit(f"error: {fault}")
