export * from '../../../scripts/browsers/index.ts';
