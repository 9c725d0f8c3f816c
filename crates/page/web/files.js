// Files that come onto the page and leave it.
'use strict';

/** @param {string} name @param {string} text @param {string} type */
function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  made('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Reads the files that somebody dropped; the scenario is the first one that is no table. @param {FileList | File[]} list */
async function dropped(list) {
  /** @type {[string, string][]} */
  const files = await Promise.all(Array.from(list, async (file) => /** @type {[string, string]} */ ([file.name, await file.text()])));
  const open = files.find(([name]) => name.endsWith('.toml'))?.[0] ?? files[0]?.[0] ?? '';
  return { open, files };
}

/** Shows what is wrong with a file beside its text. @param {string} text @param {{line: number, text: string, sound: boolean}[]} problems */
function showProblems(text, problems) {
  element('problems').hidden = false;
  const editor = /** @type {HTMLTextAreaElement} */ (element('editor'));
  editor.value = text;
  element('problem-list').replaceChildren(...problems.map((problem) => {
    const there = made('button', { type: 'button' }, problem.line > 0 ? `Line ${problem.line}` : 'The file');
    there.addEventListener('click', () => {
      const lines = editor.value.split('\n');
      const from = lines.slice(0, Math.max(0, problem.line - 1)).reduce((sum, line) => sum + line.length + 1, 0);
      editor.focus();
      editor.setSelectionRange(from, from + (lines[problem.line - 1] ?? '').length);
    });
    return made('li', {}, there, ` ${problem.text}`);
  }));
  element('problems').scrollIntoView();
}
