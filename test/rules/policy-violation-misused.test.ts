import { checkRule } from './check-rule.ts';
import { cases } from './policy-violation-misused.cases.ts';

checkRule(cases);
