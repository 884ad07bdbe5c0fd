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

const sites = await Promise.all(process.argv.slice(2).map(open));
// Once for all sites: to start takes the validator longer than a site does.
const failed = [await validate(sites.flatMap(({ pages }) => pages)), await validate(['--css', ...sites.flatMap(({ sheets }) => sheets)])];
for (const { server } of sites) await server.close();
process.exitCode = failed.some(Boolean) || !sites.length ? 1 : 0;

async function open(folder) {
  const server = await serve(folder);
  const addresses = (await pages(folder)).map(({ path }) => `${server.origin}/${path}`);
  const sheets = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.css')).map((file) => join(folder, file));
  if (!addresses.length || !sheets.length) throw new Error(`${folder} has no pages, or no style sheets`);
  console.log(`${folder} at ${server.origin}: ${addresses.length} pages, ${sheets.length} style sheets`);
  return { server, pages: addresses, sheets };
}

function validate(what) {
  const java = spawn('java', ['-Xss4m', '-Dnu.validator.servlet.allow-forbidden-hosts=true', '-jar', JAR, '--Werror', '--filterpattern', MISTAKEN, ...what], { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((done) => java.once('exit', (code) => done(code !== 0)));
}
