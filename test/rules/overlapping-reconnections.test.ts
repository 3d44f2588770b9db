import { checkRule } from './check-rule.ts';
import { cases } from './overlapping-reconnections.cases.ts';

checkRule(cases);
