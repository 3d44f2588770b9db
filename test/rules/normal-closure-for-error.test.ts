import { checkRule } from './check-rule.ts';
import { cases } from './normal-closure-for-error.cases.ts';

checkRule(cases);
