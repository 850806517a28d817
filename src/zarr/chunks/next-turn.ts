/** Resolves after what is already waiting in this thread's queue of tasks: messages, bodies that arrived. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    // A timer would wait for 4 ms once a few were set one within the other.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
