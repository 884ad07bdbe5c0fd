// The Nu validator has nothing to say of any page or style sheet, no warning either.
//
//   node tests/browser/validate.mjs SITE...
//
// Pages are read over http: their policy allows what is their own, and a file on a disk has no such thing.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pages } from './rig/pages.mjs';
import { serve } from './rig/server.mjs';

// A data block (JSON-LD) is run by no browser, and no policy is asked about it; the validator takes it for a script. A
// script in a page that would be run is reported by the browser itself (checks/quiet.mjs).
const MISTAKEN = '.*Inline script violates Content Security Policy.*';
const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

let failed = false;
for (const folder of process.argv.slice(2)) {
  const server = await serve(folder);
  const all = (await pages(folder)).map(({ path }) => `${server.origin}/${path}`);
  const sheets = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.css')).map((file) => join(folder, file));
  if (!all.length || !sheets.length) throw new Error(`${folder} has no pages, or no style sheets`);
  failed |= await validate(all);
  failed |= await validate(['--css', ...sheets]);
  await server.close();
  console.log(`${folder}: ${all.length} pages, ${sheets.length} style sheets`);
}
process.exitCode = failed ? 1 : 0;

function validate(what) {
  const java = spawn('java', ['-Xss4m', '-Dnu.validator.servlet.allow-forbidden-hosts=true', '-jar', JAR, '--Werror', '--filterpattern', MISTAKEN, ...what], { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((done) => java.once('exit', (code) => done(code !== 0)));
}
