import { cases } from './backoff-reset-on-open.cases.ts';
import { checkRule } from './check-rule.ts';

checkRule(cases);
