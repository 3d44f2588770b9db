import { checkRule } from './check-rule.ts';
import { cases } from './recurring-going-away.cases.ts';

checkRule(cases);
