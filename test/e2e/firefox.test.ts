import { describe } from 'vitest';
import { panelSuite } from './suite.ts';

describe('the panel in Firefox', () => panelSuite('firefox'));
