// All checks of a page, in the order they are reported.
import accessible from './accessible.mjs';
import anchors from './anchors.mjs';
import firstPaint from './first-paint.mjs';
import fits from './fits.mjs';
import fromDisk from './from-disk.mjs';
import keyboard from './keyboard.mjs';
import light from './light.mjs';
import lost from './lost.mjs';
import policy from './policy.mjs';
import quiet from './quiet.mjs';
import unscripted from './unscripted.mjs';

// A check: {name, when, look, plants, fresh}. `when(view)` says on which pages and windows it is made, `look(view)` gives
// its findings as sentences, `fresh` asks for a visit of its own, `plants` are the defects that it must find (planted.mjs).
const CHECKS = [quiet, fits, accessible, anchors, light, policy, unscripted, firstPaint, fromDisk, lost, keyboard];

// The checks of these names; all where none is named.
export async function chosen(names = []) {
  const named = await Promise.all(names.map((name) => import(`./${name}.mjs`)));
  return named.length ? named.map((module) => module.default) : CHECKS;
}
