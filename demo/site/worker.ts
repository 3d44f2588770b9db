// A dedicated worker with a socket of its own.
addEventListener('message', ({ data }: MessageEvent<string>) => {
  const socket = new WebSocket(data);
  socket.onopen = () => postMessage('open, in the worker');
  socket.onclose = ({ code, reason }) => postMessage(`closed with ${code}: ${reason}`);
});
