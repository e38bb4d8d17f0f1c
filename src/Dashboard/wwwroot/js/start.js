// Starts Blazor. What has been connected once it connects again by itself; this does the same for a page's first connection,
// whose node may go away, or come back, in that very moment.
const webSockets = 1;
const pauses = [0, 500, 2_000];
let hasConnected = false;

// Whoever is refused is not let in by asking again.
const isRefusal = (error) => error.errorType === "FailedToNegotiateWithServerError" && error.message.includes("Status code '4");
const wait = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

function persistent(connection) {
  const start = connection.start.bind(connection);
  connection.start = async () => {
    for (const pause of hasConnected ? [] : pauses) {
      try {
        await start();
        hasConnected = true;
        return;
      } catch (error) {
        if (isRefusal(error)) {
          throw error;
        }
        await wait(pause);
      }
    }
    await start();
    hasConnected = true;
  };
  return connection;
}

window.Blazor.start({
  circuit: {
    configureSignalR: (builder) => {
      // The server takes no other transport.
      builder.withUrl("_blazor", webSockets);
      const build = builder.build.bind(builder);
      builder.build = () => persistent(build());
    },
  },
});
