// Which pages a built folder has, and what each is: by these roles the checks choose where they look.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

// [{path, role, size}], sorted by path; role: list, missing, landing, full, checks or section.
export async function pages(folder) {
  const files = await readdir(folder, { recursive: true });
  const paths = files.filter((file) => file.endsWith('.html')).sort();
  return Promise.all(paths.map(async (path) => ({ path, role: role(path), size: (await stat(join(folder, path))).size })));
}

// Of pages that are of one kind, in one folder, the heaviest: the section with most tables. A translation has a folder; lists of
// releases, which share one, are all chosen.
export function oneOfEachKind(pages) {
  const chosen = new Map();
  for (const page of pages) {
    const kind = page.role === 'list' ? page.path : `${dirname(page.path)} ${page.role}`;
    if (!chosen.has(kind) || chosen.get(kind).size < page.size) chosen.set(kind, page);
  }
  return [...chosen.values()];
}

function role(path) {
  const named = { '404.html': 'missing', 'full.html': 'full', 'checks.html': 'checks' }[basename(path)];
  if (named) return named;
  // Lists of releases are in the root, `index.en.html` beside `index.html`.
  if (dirname(path) === '.') return 'list';
  return basename(path) === 'index.html' ? 'landing' : 'section';
}
