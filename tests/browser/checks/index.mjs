// All checks of a page, in the order they are reported.
import { readdir } from 'node:fs/promises';
import accessible from './accessible.mjs';
import anchors from './anchors.mjs';
import copied from './copied.mjs';
import firstPaint from './first-paint.mjs';
import fits from './fits.mjs';
import fromDisk from './from-disk.mjs';
import keyboard from './keyboard.mjs';
import light from './light.mjs';
import lost from './lost.mjs';
import notes from './notes.mjs';
import policy from './policy.mjs';
import printed from './printed.mjs';
import quiet from './quiet.mjs';
import spoken from './spoken.mjs';
import unscripted from './unscripted.mjs';

// A check: {name, when, look, plants, fresh}. `when(view)` says on which pages and windows it is made, `look(view)` gives
// its findings as sentences, `fresh` asks for the page loaded anew, `plants` are the defects that it must find (planted.mjs).
// The one that leaves an open page scrolled stands last of those that share it.
const CHECKS = [quiet, fits, accessible, spoken, light, firstPaint, fromDisk, lost, printed, anchors, policy, unscripted, keyboard, copied, notes];

// The checks of these names; all where none is named. One that is in the folder and not in the list would never be made.
export async function chosen(names = []) {
  const files = (await readdir(import.meta.dirname)).map((file) => file.replace(/\.mjs$/, '')).filter((name) => name !== 'index');
  const forgotten = files.filter((name) => !CHECKS.some((check) => check.name === name));
  if (forgotten.length) throw new Error(`checks/index.mjs lacks ${forgotten.join(', ')}`);
  const named = await Promise.all(names.map((name) => import(`./${name}.mjs`)));
  return named.length ? named.map((module) => module.default) : CHECKS;
}
