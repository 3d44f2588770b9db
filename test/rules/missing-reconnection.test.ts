import { checkRule } from './check-rule.ts';
import { cases } from './missing-reconnection.cases.ts';

checkRule(cases);
