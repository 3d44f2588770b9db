import { describe } from 'vitest';
import { panelSuite } from './suite.ts';

describe('the panel in Chromium', () => panelSuite('chrome'));
