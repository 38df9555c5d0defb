/** Stands between a browser and the program: passes everything on, loses answers, and changes what it is told to. */
import { createServer, request } from "node:http";

/**
 * `lose(request)`: whether the browser is to get no answer, although the program did its work. `change(path, body)`: another
 * body for an answer, or undefined.
 */
export async function between(city, { lose = () => false, change } = {}) {
  const rules = { lose, change };
  const target = new URL(city.address);
  const server = createServer((asked, answer) => {
    const on = request(
      { host: target.hostname, port: target.port, path: asked.url, method: asked.method, headers: { ...asked.headers, "accept-encoding": "identity" } },
      (given) => {
        const parts = [];
        given.on("data", (part) => parts.push(part));
        given.on("end", () => {
          if (rules.lose(asked)) return asked.socket.destroy();
          let body = Buffer.concat(parts);
          const headers = { ...given.headers };
          const other = rules.change?.(asked.url, body);
          if (other !== undefined) body = Buffer.from(other);
          delete headers["transfer-encoding"];
          answer.writeHead(given.statusCode, { ...headers, "content-length": body.length });
          answer.end(body);
        });
      },
    );
    on.on("error", () => asked.socket.destroy());
    asked.pipe(on);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    ...city,
    address: `http://127.0.0.1:${server.address().port}`,
    rules,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
