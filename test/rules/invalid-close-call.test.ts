import { checkRule } from './check-rule.ts';
import { cases } from './invalid-close-call.cases.ts';

checkRule(cases);
