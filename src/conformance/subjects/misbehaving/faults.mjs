/*
 * An adapter with a schedule of faults, over any streams.
 *
 * A fault is {"fault": NAME, "once": BOOLEAN} with a condition: {"start": N} at the N-th start of the adapter, or at
 * every start without it; {"message": N} at the N-th message since the start; {"call": N} at the N-th call since the
 * start; {"path": TEXT} at calls whose path contains the text; {} each time.
 */
const lineOf = (json) => `${JSON.stringify(json)}\n`;
const short = ({ seq, outcomes }) => ({ seq, outcomes: outcomes.slice(1) });
const long = ({ seq, outcomes }) => ({ seq, outcomes: [...outcomes, ...outcomes] });

/** Faults at hello. */
export const greetings = {
  'no hello': ({ hang }) => hang(),
  'hello is no JSON': ({ write }) => write('hello\n'),
  'other hello': ({ write, hello }) => write(lineOf({ ...hello, python: '3.11.0' })),
  'ends at hello': ({ exit }) => exit(0),
  'crash at hello': ({ exit }) => exit(3),
};

/** Faults in how a reply is sent. */
export const replies = {
  'crash before': ({ exit }) => exit(3),
  'end before': ({ exit }) => exit(0),
  'crash after': ({ write, reply, exit }) => {
    write(lineOf(reply));
    exit(3);
  },
  'half a line': ({ write, reply, exit }) => {
    write(lineOf(reply).slice(0, -9));
    exit(0);
  },
  'wrong seq': ({ write, reply }) => write(lineOf({ ...reply, seq: reply.seq + 1 })),
  'old seq': ({ write, reply }) => write(lineOf({ ...reply, seq: reply.seq - 1 })),
  short: ({ write, reply }) => write(lineOf(short(reply))),
  long: ({ write, reply }) => write(lineOf(long(reply))),
  doubled: ({ write, reply }) => write(lineOf(reply).repeat(2)),
  'doubled in part': ({ write, reply }) => write(lineOf(reply) + lineOf(short(reply))),
  'noise before': ({ write, reply }) => write(`Loading…\n${lineOf(reply)}`),
  'noise after': ({ write, reply }) => write(`${lineOf(reply)}done\n`),
  'empty line after': ({ write, reply }) => write(`${lineOf(reply)}\n`),
  'not UTF-8': ({ write, reply }) =>
    write(Buffer.concat([Buffer.from('{"note":"\xff",', 'latin1'), Buffer.from(lineOf(reply).slice(1))])),
  'lone surrogate': ({ write, reply }) => write(lineOf(reply).replace('{', String.raw`{"note":"\udc00",`)),
  'no outcomes': ({ write, reply: { seq } }) => write(lineOf({ seq })),
  'strange outcome': ({ write, reply: { seq, outcomes } }) =>
    write(lineOf({ seq, outcomes: outcomes.map(() => ({ returns: 1 })) })),
  hang: ({ hang }) => hang(),
};

const warnings = [{ category: 'RuntimeWarning', message: 'wrong' }];

/**
 * Faults in the outcome of a call. A wrong outcome is wrong in every respect, and differs each time, because some laws
 * look only at warnings and some compare calls with each other.
 */
export const outcomes = {
  error: () => ({ error: 'no memory' }),
  contradiction: () => ({ unsupported: 'values' }),
  skipped: () => ({ skipped: 'not today' }),
  unsupported: () => ({ unsupported: 'removed_cwd' }),
  'wrong value': (number) => ({ return: number, warnings }),
  'wrong exception': (number) => ({ raise: 'ZeroDivisionError', message: String(number), warnings }),
};

/** Faults at bye. */
export const byes = {
  'fails at bye': ({ exit }) => exit(5),
  'speaks at bye': ({ write, exit }) => {
    write('Goodbye!\n');
    exit(0);
  },
  'whispers at bye': ({ write, exit }) => {
    write('Good');
    exit(0);
  },
  'stays after bye': ({ hang }) => hang(),
};

/** Unusual behaviour that is allowed. */
export const harmless = {
  'in two writes': ({ write, reply }) => {
    const line = lineOf(reply);
    write(line.slice(0, 5));
    write(line.slice(5));
  },
  'as Windows does': ({ write, reply }) => write(lineOf(reply).replace('\n', '\r\n')),
  'more keys': ({ write, reply }) => write(lineOf({ took: 1, ...reply })),
  'noise on stderr': ({ write, reply, complain }) => {
    complain('a warning\n'.repeat(50));
    write(lineOf(reply));
  },
};

/**
 * @param start the number of this start, from 1
 * @param answers the right outcomes of calls
 * @param fired called with the index of each fault that happens; `hasFired` says whether a fault has happened in any
 * process
 * @returns a function that takes the lines sent to the adapter
 */
export function misbehave({ schedule, start, hello, answers, io, fired, hasFired }) {
  let [messages, asked, over] = [0, 0, false];
  const act = (does, more = {}) =>
    does({
      ...io,
      ...more,
      exit: (code) => {
        over = true;
        io.exit(code);
      },
      hang: () => {
        over = true;
        io.hang();
      },
    });
  /** The first fault of a kind that is due. */
  const due = (kind, isNow) => {
    const index = schedule.findIndex(
      (one, i) =>
        one.fault in kind && (one.start ?? start) === start && !(one.once && hasFired(i)) && isNow(one),
    );
    if (index < 0) return undefined;
    fired(index);
    return kind[schedule[index].fault];
  };
  const atHello = () => {
    const fault = due(greetings, () => true);
    act(fault ?? (() => io.write(lineOf(hello))), { hello });
  };
  const atCalls = ({ seq, calls }) => {
    messages++;
    const right = answers(calls);
    const first = asked + 1;
    asked += calls.length;
    const isAt = (one, call, number) =>
      (one.message ?? messages) === messages &&
      (one.call ?? number) === number &&
      (one.path === undefined || String(call.args[0]).includes(one.path));
    const said = right.map((outcome, i) => {
      const wrong = due(outcomes, (one) => isAt(one, calls[i], first + i));
      return wrong === undefined ? outcome : wrong(first + i);
    });
    const isDue = (one) => calls.some((call, i) => isAt(one, call, first + i));
    const fault = due(replies, isDue) ?? due(harmless, isDue);
    const reply = { seq, outcomes: said };
    act(fault ?? (() => io.write(lineOf(reply))), { reply });
  };
  const atBye = () => act(due(byes, () => true) ?? (({ exit }) => exit(0)));

  let partial = '';
  return (chunk) => {
    const lines = (partial + chunk).split('\n');
    partial = lines.pop();
    for (const line of lines) {
      if (over) return;
      const request = JSON.parse(line);
      if (request.op === 'hello') atHello();
      else if (request.op === 'call') atCalls(request);
      else atBye();
    }
  };
}
