// Serves a built folder on loopback as a plain web server would: files with their types, index.html for folders, the
// site's own 404.html for what is not there. Hooks for tests: `rewrite` and `extra` plant a defect, `delay` holds a file back.
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, extname, join, normalize, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.csv': 'text/csv; charset=utf-8', '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml', '.atom': 'application/atom+xml',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.pdf': 'application/pdf',
  '.woff2': 'font/woff2', '.ttf': 'font/ttf', '.otf': 'font/otf',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

// {origin, close}. `rewrite(file, bytes)` gives what is sent instead, `delay(file)` what to wait for before,
// `extra` files that the folder does not have, by base name.
export async function serve(folder, { rewrite = (_, bytes) => bytes, delay = () => {}, extra = {} } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://loopback').pathname).slice(1);
    const { file, status, bytes } = extra[basename(path)] ? { file: path, status: 200, bytes: extra[basename(path)] } : await find(folder, path);
    await delay(file);
    response.writeHead(status, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(await rewrite(file, bytes));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}

async function find(folder, path) {
  let file = normalize(join(folder, path));
  const inside = file === normalize(folder) || file.startsWith(normalize(folder + sep));
  if (inside && await is(file, 'isDirectory')) file = join(file, 'index.html');
  if (inside && await is(file, 'isFile')) return { file, status: 200, bytes: await readFile(file) };
  // Chromium asks for an icon on its own, now and then, where a page names none: that is no fault of the page's.
  if (path === 'favicon.ico') return { file: 'favicon.ico', status: 204, bytes: '' };
  const missing = join(folder, '404.html');
  if (await is(missing, 'isFile')) return { file: missing, status: 404, bytes: await readFile(missing) };
  return { file: 'none.txt', status: 404, bytes: 'not found' };
}

async function is(file, what) {
  return (await stat(file).catch(() => null))?.[what]() ?? false;
}
