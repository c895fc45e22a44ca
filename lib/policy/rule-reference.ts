import type { Rule, RuleReference } from './model';

/** What a refusal carries of the rule that refused. */
export function referenceTo(rule: Rule<unknown>): RuleReference {
  return { id: rule.id, source: rule.source, messageKey: rule.messageKey };
}
