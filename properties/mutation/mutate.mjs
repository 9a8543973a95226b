/*
 * npm run mutate [-- FILE…]: makes each change to the reference that Stryker knows, one at a time, and runs the tests
 * that cover it in this process. Changes that no test can detect are listed in survivors.txt, with the reason.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { mutated, namesOf, readSurvivors } from './survivors.mjs';

const root = join(import.meta.dirname, '..', '..');
process.chdir(root);

/** Excluded: tables that unicode.test.ts compares with interpreters and with the published data. */
const tables = 'unicode-data.ts';
const python = readdirSync('src/python')
  .filter((name) => !/\.test\.ts$|^testing\.ts$/.test(name) && name !== tables)
  .map((name) => `src/python/${name}`);
const top = ['cache-from-source', 'source-from-cache', 'reference'].map((name) => `src/${name}.ts`);
const all = [...top, ...python];
const text = 'src/python/text.ts';

const only = process.argv.slice(2);
const unknown = only.filter((file) => !all.includes(file));
if (unknown.length > 0) throw new RangeError(`not among what is changed: ${unknown.join(', ')}`);

// Instrumented code is slower wherever it runs, and the code for text runs everywhere.
const rounds = only.length > 0 ? [only] : [top, python.filter((file) => file !== text), [text]];
const sources = new Map(all.map((file) => [file, readFileSync(file, 'utf8')]));
const begun = performance.now();
const results = [];
for (const [i, mutate] of rounds.entries()) {
  console.log(`round ${i + 1} of ${rounds.length}: ${mutate.join(' ')}`);
  const configFile = join(import.meta.dirname, 'stryker.json');
  results.push(...(await new Stryker({ configFile, mutate }).runMutationTest()));
}

const mutants = all.flatMap((file) => {
  const own = results
    .filter(({ fileName }) => relative(root, fileName) === file)
    .toSorted(
      ({ location: { start: a } }, { location: { start: b } }) => a.line - b.line || a.column - b.column,
    );
  const names = namesOf(
    own.map(({ mutatorName, location, replacement }) =>
      mutated(file, mutatorName, sources.get(file), location, replacement),
    ),
  );
  return own.map(({ status, location }, i) => ({
    file,
    name: names[i],
    line: location.start.line,
    survives: status !== 'Killed' && status !== 'Timeout',
    endless: status === 'Timeout',
  }));
});

if (mutants.length === 0) throw new RangeError(`there is nothing to change in ${rounds.flat().join(', ')}`);

const row = (name, among) => {
  const killed = among.filter(({ survives }) => !survives).length;
  const score = ((100 * killed) / among.length).toFixed(1);
  const figures = [among.length, killed, score].map((figure) => String(figure).padStart(8));
  console.log(name.padEnd(32) + figures.join(''));
};
console.log(`${' '.repeat(32)} mutants  killed       %`);
for (const file of new Set(mutants.map((one) => one.file))) {
  row(
    file,
    mutants.filter((one) => one.file === file),
  );
}
row('all', mutants);

for (const { name, line } of mutants.filter(({ endless }) => endless)) {
  console.log(`ends no test in time, at line ${line}:\n    ${name}`);
}
const survivors = mutants.filter(({ survives }) => survives);
const listed = readSurvivors(readFileSync(join(import.meta.dirname, 'survivors.txt'), 'utf8'))
  .map(({ name }) => name)
  .filter((name) => only.length === 0 || only.includes(name.split('  ', 1)[0]));
const unexplained = survivors.filter(({ name }) => !listed.includes(name));
// A change that only costs time may or may not make a test time out.
const unseen = new Set(mutants.filter((one) => one.survives || one.endless).map(({ name }) => name));
const stale = listed.filter((name) => !unseen.has(name));
for (const { name, line } of unexplained) {
  console.log(`no test sees this, at line ${line}, and survivors.txt does not say why:\n    ${name}`);
}
for (const name of stale) {
  console.log(`no longer survives, or is no mutant any more; strike it from survivors.txt:\n    ${name}`);
}
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(
  `${survivors.length} survive, ${unexplained.length} of them unexplained; ${stale.length} stale; ${seconds} s`,
);
process.exitCode = unexplained.length + stale.length > 0 ? 1 : 0;
