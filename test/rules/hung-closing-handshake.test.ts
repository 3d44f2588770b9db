import { checkRule } from './check-rule.ts';
import { cases } from './hung-closing-handshake.cases.ts';

checkRule(cases);
