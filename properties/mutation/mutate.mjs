/*
 * npm run mutate [-- FILE…]: changes the reference in every way that Stryker knows, one at a time, and runs the
 * tests that hold it in this process. Every change that no test sees stands in survivors.txt, with the reason.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { mutated, namesOf, readSurvivors } from './survivors.mjs';

// What is changed costs time wherever it runs: so a few files at a time.
const rounds = [
  ['src/{cache-from-source,placement,windows-placement,reference}.ts'],
  ['src/python/text.ts'],
  ['src/python/source.ts'],
  ['src/python/!(*.test|testing|unicode-data|text|source).ts'],
];
const only = process.argv.slice(2);
const configFile = join(import.meta.dirname, 'stryker.json');
const begun = performance.now();
const results = [];
for (const mutate of only.length > 0 ? [only] : rounds) {
  results.push(...(await new Stryker({ configFile, mutate }).runMutationTest()));
}

const sources = new Map();
const sourceOf = (file) => {
  if (!sources.has(file)) sources.set(file, readFileSync(file, 'utf8'));
  return sources.get(file);
};
const mutants = results.map(({ fileName, status, mutatorName, location, replacement }) => {
  const file = relative(process.cwd(), fileName);
  return { file, status, name: mutated(file, mutatorName, sourceOf(file), location, replacement) };
});
const files = [...new Set(mutants.map(({ file }) => file))].toSorted((a, b) => (a < b ? -1 : 1));
const survives = ({ status }) => status === 'Survived' || status === 'NoCoverage';

const row = (name, among) => {
  const killed = among.filter((one) => !survives(one)).length;
  const score = ((100 * killed) / among.length).toFixed(1);
  console.log(
    `${name.padEnd(32)}${String(among.length).padStart(8)}${String(killed).padStart(8)}${score.padStart(8)}`,
  );
};
console.log(`${''.padEnd(32)} mutants  killed     %`);
for (const file of files)
  row(
    file,
    mutants.filter((one) => one.file === file),
  );
row('all', mutants);

const survivors = namesOf(mutants.filter(survives).map(({ name }) => name));
const listed = readSurvivors(readFileSync(join(import.meta.dirname, 'survivors.txt'), 'utf8')).filter(
  ({ name }) => files.includes(name.split('  ')[0]),
);
const names = new Set(listed.map(({ name }) => name));
const unexplained = survivors.filter((name) => !names.has(name));
const stale = [...names].filter((name) => !survivors.includes(name));
for (const name of unexplained)
  console.log(`no test sees this, and survivors.txt does not say why:\n  ${name}`);
for (const name of stale)
  console.log(`no longer survives, or is no mutant any more; strike it from survivors.txt:\n  ${name}`);
console.log(
  `${survivors.length} survive, ${unexplained.length} of them unexplained, ${stale.length} stale; ${Math.round((performance.now() - begun) / 1000)} s`,
);
process.exitCode = unexplained.length + stale.length > 0 ? 1 : 0;
