/** What the officer may do, as the menu has it, each with a sentence. */
export interface StartModel {
  readonly tasks: readonly { readonly name: string; readonly href: string }[];
}

declare module '../../http/page.ts' {
  interface Views {
    'console/start/start': StartModel;
  }
}
