import { expect, test } from 'vitest';
import { rulesThatDecide, tellingRules } from '../../../../src/conformance/deciding.ts';
import { sayIn, tellingIn } from './deciding.ts';
import { drawnCalls, rules } from './testing.ts';

test('the page tells of a call what the suite and the command tell', () => {
  for (const { call, target } of drawnCalls(70)) {
    expect([...sayIn(rules, call, target).keys()]).toEqual(rulesThatDecide(call, target));
    expect(tellingIn(rules, call, target)).toEqual(tellingRules(call, target));
  }
});
