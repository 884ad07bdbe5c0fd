// Which pages a built folder has, and what each is: by these roles the checks choose where they look.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

// [{path, role, size}], sorted by path; role: list, missing, landing, full, checks or section.
export async function pages(folder) {
  const files = await readdir(folder, { recursive: true });
  const paths = files.filter((file) => file.endsWith('.html')).sort();
  return Promise.all(paths.map(async (path) => ({ path, role: role(path), size: (await stat(join(folder, path))).size })));
}

function role(path) {
  const named = { '404.html': 'missing', 'full.html': 'full', 'checks.html': 'checks' }[basename(path)];
  if (named) return named;
  if (basename(path) !== 'index.html') return 'section';
  return dirname(path) === '.' ? 'list' : 'landing';
}
