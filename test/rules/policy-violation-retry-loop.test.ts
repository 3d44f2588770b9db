import { checkRule } from './check-rule.ts';
import { cases } from './policy-violation-retry-loop.cases.ts';

checkRule(cases);
