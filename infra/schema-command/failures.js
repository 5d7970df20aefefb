// How the command fails; each kind has an exit code of its own.

/** The registry refuses: the check failed, or another change came first; otherwise the request itself is wrong. */
export class Refused extends Error {
  /**
   * @param {string} message
   * @param {boolean} isCheck
   */
  constructor(message, isCheck) {
    super(message);
    this.isCheck = isCheck;
  }
}

/** The arguments are no command, or lack something. */
export class Misused extends Error {}

/** The registry was not reached, or failed. */
export class NotReached extends Error {}
