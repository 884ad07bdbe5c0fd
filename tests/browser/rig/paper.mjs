// Prints a page as a reader's browser would, and reads the sheets back with poppler.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

// [{text, width, words: [{text, top, right}]}] for each sheet of A4; the text in the order in which it was drawn.
export async function print(page) {
  const folder = await mkdtemp(join(tmpdir(), 'paper-'));
  try {
    const file = join(folder, 'page.pdf');
    await page.pdf({ path: file, format: 'A4', preferCSSPageSize: true });
    const { stdout } = await run('pdftotext', ['-raw', file, '-'], { maxBuffer: 1 << 26 });
    await run('pdftotext', ['-bbox', file, join(folder, 'words.html')]);
    const places = (await readFile(join(folder, 'words.html'), 'utf8')).split('<page ').slice(1).map(place);
    return places.map((sheet, at) => ({ ...sheet, text: stdout.split('\f')[at] ?? '' }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function place(sheet) {
  const words = [...sheet.matchAll(/yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)</g)]
    .map(([, top, right, text]) => ({ text: plain(text), top: Number(top), right: Number(right) }));
  return { width: Number(/width="([\d.]+)"/.exec(sheet)[1]), words };
}

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
const plain = (text) => text.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
