// What the address holds: everything about a question that is not in the file.
'use strict';

/** What may be looked at. */
const VIEWS = ['answer', 'alone', 'compare'];
/** Letters of an address at most. */
const LONGEST = 100000;

/**
 * @typedef {{
 *   version: string, figures: number, base: string, turns: Turn[], seed: number, view: string,
 *   question: string, by: string, date: string, trials: number, results: string,
 * }} Linked
 */

/** @param {string} text @returns {Promise<string>} */
async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const plain = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {string} text */
function bytesOf(text) {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} bytes @param {CompressionFormat} format */
async function unpacked(bytes, format) {
  const stream = new Blob([/** @type {any} */ (bytes)]).stream().pipeThrough(new DecompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A turn, and nothing else that stands with it. @param {any} own @returns {Turn} */
function turnOf(own) {
  const { fix, move, set } = own;
  const has = (/** @type {any} */ of) => typeof of.key === 'string' && Number.isFinite(of.to);
  if (fix !== undefined && has(fix)) return { fix: { key: fix.key, to: fix.to } };
  if (move !== undefined && has(move) && move.width > 0) return { move: { key: move.key, to: move.to, width: move.width } };
  if (set !== undefined && typeof set.text === 'string') return { set: { text: set.text } };
  throw new Error('no turn');
}

/** What was packed into an address, every part of it of its kind. @param {any} found @returns {Linked} */
function linkOf(found) {
  const { version, figures, base, turns, seed, view, question, by, date, trials, results } = found;
  const texts = [version, base, view, question, by, date, results];
  if (!texts.every((own) => typeof own === 'string') || !VIEWS.includes(view)) throw new Error('no link');
  if (![figures, seed, trials].every((own) => Number.isSafeInteger(own) && own >= 0)) throw new Error('no link');
  return { version, figures, base, turns: turns.map(turnOf), seed, view, question, by, date, trials, results };
}

/**
 * The question in the address; null where there is none.
 * @param {string} hash @returns {Promise<Linked | null>} fails where it is damaged
 */
async function linked(hash) {
  if (!hash.startsWith('#q=')) return null;
  if (hash.length > LONGEST) throw new Error('too long');
  return linkOf(JSON.parse(new TextDecoder().decode(await unpacked(bytesOf(hash.slice(3)), 'deflate-raw'))));
}
