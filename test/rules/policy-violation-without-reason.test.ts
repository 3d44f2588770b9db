import { checkRule } from './check-rule.ts';
import { cases } from './policy-violation-without-reason.cases.ts';

checkRule(cases);
