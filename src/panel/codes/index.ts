export { type CodeCounts, FIRST_COMPARISON } from './choices.ts';
export type { SocketLink } from './code-page.tsx';
export { CodesView, type CodesViewProps } from './codes-view.tsx';
