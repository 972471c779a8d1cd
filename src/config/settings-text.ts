/**
 * What may not be inside a setting that is a text, as tables: the first rule that applies says what is wrong.
 * The value itself never appears in a message, because a secret may have been pasted into the wrong field.
 */
interface TextRule {
  readonly refuses: RegExp;
  readonly message: string;
}

const QUOTED: TextRule = {
  refuses: /^(["']).*\1$/s,
  message: 'is wrapped in quotation marks: leave them out',
};
const SPACE_INSIDE: TextRule = { refuses: /\s/, message: 'contains a space or a line break' };
/** Control characters, zero-width and direction marks, and halves of surrogate pairs, which change when they are sent. */
const INVISIBLE: TextRule = {
  refuses: /[\p{Cc}\p{Cf}\p{Cs}]/u,
  message: 'contains an invisible character: copy it again, or type it',
};

/** Longer than anything Halo makes; a whole file pasted by mistake is told here and not by the server. */
function longerThan(limit: number): TextRule {
  return { refuses: new RegExp(`^[^]{${limit + 1}}`), message: `is longer than ${limit} characters` };
}

const SCOPE_CHARACTERS: TextRule = {
  // RFC 6749 section 3.3, with the spaces between scopes.
  refuses: /[^\x20-\x21\x23-\x5b\x5d-\x7e]/,
  message: 'contains a character that no scope has: separate scopes by single spaces',
};

const RULES = {
  clientId: [longerThan(255), QUOTED, SPACE_INSIDE, INVISIBLE],
  tenantId: [longerThan(255), QUOTED, SPACE_INSIDE, INVISIBLE],
  scope: [longerThan(1024), QUOTED, SCOPE_CHARACTERS],
  clientSecret: [
    longerThan(4096),
    QUOTED,
    {
      refuses: /\s/,
      message: 'contains a space or a line break, at its edge or inside: copy it again without it',
    },
    INVISIBLE,
  ],
} as const satisfies Record<string, readonly TextRule[]>;

/**
 * Returns what is wrong with a text, or undefined.
 *
 * @internal
 */
export function textProblem(setting: keyof typeof RULES, value: string): string | undefined {
  return RULES[setting].find((rule) => rule.refuses.test(value))?.message;
}
