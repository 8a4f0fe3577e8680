import { ExpectedError } from './ExpectedError.mjs';
import { whenParentEnds } from './whenParentEnds.mjs';

/**
 * Runs the stages of `npm test` one after the other, each under a headline and
 * with its duration, and adds up what they tell.
 *
 * A stage returns `{ passed, failed, skipped, note }`, all optional. A stage
 * that fails does not hold the later ones up: one run shows everything.
 */
export class TestRun {
  #stages = [];
  #begin = Date.now();
  #interrupted;

  constructor() {
    // The running stage's own processes get the signal too, and end.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        this.#interrupted = signal;
      });
    }
    whenParentEnds(() => {
      this.#interrupted = 'the end of the process that started it';
    });
  }

  async stage(name, run) {
    if (this.#interrupted) {
      throw new ExpectedError(`Interrupted by ${this.#interrupted}.`);
    }
    console.log(`\n=== ${name}\n`);
    const begin = Date.now();
    const result = await run();
    const stage = { passed: 0, failed: 0, skipped: 0, name, ...result };
    stage.seconds = (Date.now() - begin) / 1000;
    this.#stages.push(stage);
    console.log(`\n--- ${describe(stage)}`);
  }

  fail(name) {
    this.#stages.push({ passed: 0, failed: 1, skipped: 0, name, seconds: 0 });
  }

  /**
   * Prints the summary, whose last line is for machines as well, and returns
   * the exit code. Nothing passed is a failure too: it would mean that the
   * tests were not found.
   */
  report() {
    const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(key =>
      this.#stages.reduce((sum, stage) => sum + stage[key], 0),
    );
    const minutes = ((Date.now() - this.#begin) / 60_000).toFixed(1);
    console.log(`\n=== Summary, after ${minutes} minutes\n`);
    this.#stages.forEach(stage => console.log(describe(stage)));
    if (!passed) {
      console.log('No test ran: that is a failure.');
    }
    console.log(
      `\n${passed} passed, ${failed} failed${
        skipped ? `, ${skipped} skipped` : ''
      }`,
    );
    return failed || !passed ? 1 : 0;
  }
}

function describe({ name, passed, failed, skipped, seconds, note }) {
  const counts = [
    passed && `${passed} passed`,
    failed && `${failed} failed`,
    skipped && `${skipped} skipped`,
  ].filter(Boolean);
  return [
    `${failed ? 'FAILED' : 'ok    '} ${name}`,
    counts.join(', '),
    note,
    `${seconds.toFixed(1)} s`,
  ]
    .filter(Boolean)
    .join(' · ');
}
