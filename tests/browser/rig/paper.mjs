// Prints a page as a reader's browser would, and reads the sheets back with poppler.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

// [{text, drawn, width, words: [{text, left, top, right, bottom}]}] for each sheet of A4; the text line by line, as the
// eye goes, and `drawn` in the order in which it was drawn, cell by cell.
export async function print(page) {
  const folder = await mkdtemp(join(tmpdir(), 'paper-'));
  try {
    const file = join(folder, 'page.pdf');
    await page.pdf({ path: file, format: 'A4', preferCSSPageSize: true });
    await run('pdftotext', ['-bbox', file, join(folder, 'words.html')]);
    const { stdout } = await run('pdftotext', ['-raw', file, '-'], { maxBuffer: 1 << 26 });
    const drawn = stdout.split('\f');
    return (await readFile(join(folder, 'words.html'), 'utf8')).split('<page ').slice(1).map((text, at) => ({ ...sheet(text), drawn: drawn[at] }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sheet(text) {
  const words = [...text.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)]
    .map(([, left, top, right, bottom, word]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, text: plain(word) }));
  return { width: Number(/width="([\d.]+)"/.exec(text)[1]), words, text: lines(words).map((line) => line.map(({ text }) => text).join(' ')).join('\n') };
}

// Words that stand on one line are within a few points of each other at their feet.
function lines(words) {
  const lines = [];
  for (const word of [...words].sort((one, other) => one.bottom - other.bottom)) {
    const line = lines.at(-1);
    if (line && word.bottom - line[0].bottom < 3) line.push(word);
    else lines.push([word]);
  }
  return lines.map((line) => line.sort((one, other) => one.left - other.left));
}

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
const plain = (text) => text.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
