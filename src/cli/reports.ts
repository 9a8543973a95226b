/* The reports that check and merge write. */
import type { Event } from '../conformance/events.ts';
import { openReports as open, ReportError } from '../conformance/reports/sink.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { UsageError } from './usage.ts';

export type OpenReports = {
  add(event: Event): void;
  readonly toStdout: boolean;
  /** @returns the exit code, which accounts for reports that could not be written */
  close(code: number): number;
};

/** @throws UsageError */
export async function openReports(specs: readonly string[] = []): Promise<OpenReports> {
  try {
    const reports = await open(specs, process.stdout);
    return {
      add: (event) => reports.add(event),
      toStdout: reports.toStdout,
      close: (code) => {
        reports.close();
        const failures = reports.failures();
        for (const failure of failures) console.error(`pycache-spec: ${failure}.`);
        // A missing report must not look like success.
        const isGrave = code === exitCodes.adapter || code === exitCodes.usage;
        return failures.length > 0 && !isGrave ? exitCodes.incomplete : code;
      },
    };
  } catch (error) {
    if (error instanceof ReportError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
