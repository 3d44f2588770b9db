import { checkRule } from './check-rule.ts';
import { cases } from './retry-hint-ignored.cases.ts';

checkRule(cases);
