// What the address holds: everything about a question that is not in the file.
'use strict';

/**
 * @typedef {{
 *   version: string, base: string, scenario: number, turns: any[], seed: number, view: string,
 *   question?: string, by?: string, date?: string, trials?: number, results?: string,
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

/** The question in the address; null where there is none, or it cannot be read. @param {string} hash @returns {Promise<Linked | null>} */
async function linked(hash) {
  if (!hash.startsWith('#q=')) return null;
  try {
    const text = new TextDecoder().decode(await unpacked(bytesOf(hash.slice(3)), 'deflate-raw'));
    const found = JSON.parse(text);
    return Array.isArray(found.turns) && typeof found.base === 'string' ? found : null;
  } catch {
    return null;
  }
}
