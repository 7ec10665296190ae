/** Something only the operator can put right. Its message is the whole sentence to print, without a stack, before exit code 1. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}
