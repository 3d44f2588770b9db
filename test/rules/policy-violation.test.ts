import { checkRule } from './check-rule.ts';
import { cases } from './policy-violation.cases.ts';

checkRule(cases);
