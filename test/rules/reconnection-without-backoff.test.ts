import { checkRule } from './check-rule.ts';
import { cases } from './reconnection-without-backoff.cases.ts';

checkRule(cases);
