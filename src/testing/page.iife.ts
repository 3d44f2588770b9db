// One file for a page under test: the tap first, then the recorder that it listens to.
import './tap-page.ts';
import '../page/recorder.iife.ts';
