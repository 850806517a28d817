/** 0: done. 1: the data are at fault, or cannot be reached. 2: the command was wrong. */
export type ExitCode = 0 | 1 | 2;

/** The command was wrong: one sentence that says what to write instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The data could not be read. The message is fit for a terminal, and free of secrets. */
export class DataError extends Error {
  override readonly name = "DataError";
}
